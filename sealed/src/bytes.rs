//! The part of TLS's presentation language that the messages need: numbers in network order, and bytes after their
//! length.

/// Writes a message.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// Appends bytes without their length.
    pub(crate) fn fixed(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Appends bytes after their length, in two bytes.
    pub(crate) fn short(self, bytes: &[u8]) -> Self {
        // Only a key of known length, or nothing, is written like this.
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        self.fixed(&length.to_be_bytes()).fixed(bytes)
    }

    /// Appends bytes after their length, in four bytes.
    pub(crate) fn long(self, bytes: &[u8]) -> Self {
        // A share has a few kilobytes at most.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.fixed(&length.to_be_bytes()).fixed(bytes)
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a message. Each call returns `None` if the message is too short.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn fixed(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.fixed(1)?.first().copied()
    }

    pub(crate) fn number(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.fixed(2)?.try_into().ok()?))
    }

    /// Reads a length of two bytes, and that many bytes.
    pub(crate) fn short(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.fixed(length.into())
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}
