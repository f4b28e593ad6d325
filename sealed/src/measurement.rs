use prio::vdaf::prio3::optimal_chunk_length;

/// One answer, as its task counts it.
///
/// It can't be printed:
///
/// ```compile_fail
/// println!("{:?}", puls_sealed::Measurement::Histogram { length: 3, cell: 2 });
/// ```
#[derive(Clone)]
pub enum Measurement {
    /// Prio3Histogram: exactly one of the cells. The proof makes sure that it is one.
    Histogram {
        /// How many cells there are.
        length: usize,
        /// Which one it is, from 0.
        cell: usize,
    },
    /// Prio3SumVec with one bit an entry: any number of the cells.
    SumVec(Vec<bool>),
}

impl Measurement {
    /// Reads a list with a 1 for each cell that is answered and a 0 for every other. Unless there may be `several`,
    /// exactly one is answered.
    pub fn of(cells: &[u8], several: bool) -> Option<Self> {
        if cells.iter().any(|cell| *cell > 1) {
            return None;
        }
        if several {
            return Some(Self::SumVec(cells.iter().map(|cell| *cell == 1).collect()));
        }
        let mut answered = (0..).zip(cells).filter(|(_, cell)| **cell == 1);
        let (cell, _) = answered.next()?;
        answered.next().is_none().then_some(Self::Histogram { length: cells.len(), cell })
    }
}

/// The parameter `chunk_length`, on which all parties to a task have to agree: the one that makes proofs shortest for
/// this many cells.
pub fn chunk_length(length: usize) -> usize {
    optimal_chunk_length(length)
}
