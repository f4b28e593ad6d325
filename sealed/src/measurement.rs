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
    /// Prio3SumVec: a number for each cell. The proof makes sure that each has at most so many bits, and nothing else.
    SumVec {
        /// How many bits a number has, from 1.
        bits: u32,
        /// The numbers.
        numbers: Vec<u32>,
    },
}

impl Measurement {
    /// Reads a list of numbers of so many `bits`. Where these are 0, it is a histogram: a 1 for the one cell that is
    /// answered, and a 0 for every other.
    pub fn of(cells: &[u32], bits: u32) -> Option<Self> {
        if bits > 0 {
            let fits = cells.iter().all(|cell| u64::from(*cell) >> bits.min(u32::BITS) == 0);
            return fits.then(|| Self::SumVec { bits, numbers: cells.to_vec() });
        }
        let mut answered = (0..).zip(cells).filter(|(_, cell)| **cell > 0);
        let (cell, count) = answered.next()?;
        let is_one = *count == 1 && answered.next().is_none();
        is_one.then_some(Self::Histogram { length: cells.len(), cell })
    }
}

/// The parameter `chunk_length`, on which all parties to a task have to agree: the one that makes proofs shortest for
/// this many cells of so many bits each, of which those of a histogram have one.
pub fn chunk_length(length: usize, bits: u32) -> usize {
    // There are no more bits than 128.
    optimal_chunk_length(length.saturating_mul(bits.max(1) as usize))
}
