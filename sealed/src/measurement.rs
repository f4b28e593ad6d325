use prio::vdaf::prio3::optimal_chunk_length;

/// One answer, as its task counts it.
///
/// It can't be printed:
///
/// ```compile_fail
/// println!("{:?}", puls_sealed::Measurement::Histogram { length: 3, cell: 2 });
/// ```
#[derive(Clone, Copy)]
pub enum Measurement {
    /// Prio3Histogram: exactly one of the cells. The proof makes sure that it is one.
    Histogram {
        /// How many cells there are.
        length: usize,
        /// Which one it is, from 0.
        cell: usize,
    },
    /// Prio3SumVec with one bit an entry: any number of the cells.
    SumVec {
        /// How many cells there are, 32 at most.
        length: usize,
        /// Which ones, one bit each, the lowest for the first.
        cells: u32,
    },
}

impl Measurement {
    /// Whether its task has a place for it.
    pub(crate) fn fits(self) -> bool {
        match self {
            Self::Histogram { length, cell } => cell < length,
            Self::SumVec { length: 32, .. } => true,
            Self::SumVec { length, cells } => length < 32 && cells >> length == 0,
        }
    }
}

/// The parameter `chunk_length`, on which all parties to a task have to agree: the one that makes proofs shortest for
/// this many cells.
pub fn chunk_length(length: usize) -> usize {
    optimal_chunk_length(length)
}
