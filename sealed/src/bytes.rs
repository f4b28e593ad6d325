//! TLS presentation language, as far as the messages need it: numbers in network order, and bytes behind their length.

/// A message in the making.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// As it stands, without a length.
    pub(crate) fn fixed(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Behind a length of two bytes.
    pub(crate) fn short(self, bytes: &[u8]) -> Self {
        // All that goes in here is a key of known length or nothing.
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        self.fixed(&length.to_be_bytes()).fixed(bytes)
    }

    /// Behind a length of four bytes.
    pub(crate) fn long(self, bytes: &[u8]) -> Self {
        // A share has some kilobytes at most.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.fixed(&length.to_be_bytes()).fixed(bytes)
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// A message that is being read; whatever it lacks is `None`.
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

    /// Bytes behind a length of two.
    pub(crate) fn short(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.fixed(length.into())
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}
