use std::ops::Range;

/// A line's place among [`Definition::counted`](super::Definition::counted), from 0. It is the place of the line's
/// entry in every list that has one entry for each line.
///
/// ```
/// use puls_core::definition::LineIndex;
/// let counts = [12, 7];
/// assert_eq!(LineIndex(1).of(&counts), Some(&7));
/// assert_eq!(LineIndex(2).of(&counts), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct LineIndex(pub usize);

impl LineIndex {
    /// The line's entry in a list that has one for each line; `None` for a line that the list doesn't have.
    pub fn of<T>(self, entries: &[T]) -> Option<&T> {
        entries.get(self.0)
    }
}

/// Lines that stand one after the other, such as the statements of a matrix. It iterates over their indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRange(pub(crate) Range<usize>);

impl Iterator for LineRange {
    type Item = LineIndex;

    fn next(&mut self) -> Option<LineIndex> {
        self.0.next().map(LineIndex)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for LineRange {}

/// A line by itself.
impl From<LineIndex> for LineRange {
    fn from(LineIndex(line): LineIndex) -> Self {
        Self(line..line + 1)
    }
}
