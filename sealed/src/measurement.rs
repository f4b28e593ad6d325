use prio::vdaf::prio3::optimal_chunk_length;

/// One answer in the form in which its task counts it.
///
/// It can't be printed:
///
/// ```compile_fail
/// println!("{:?}", puls_sealed::Measurement::Histogram { length: 3, cell: 2 });
/// ```
#[derive(Clone)]
pub enum Measurement {
    /// Prio3Histogram: exactly one of the cells. The proof shows that it is only one.
    Histogram {
        /// How many cells there are.
        length: usize,
        /// The cell, from 0.
        cell: usize,
    },
    /// Prio3SumVec: a number for each cell. The proof shows that each has at most `bits` bits, and nothing else.
    SumVec {
        /// How many bits a number has, from 1.
        bits: u32,
        /// The numbers.
        numbers: Vec<u32>,
    },
}

impl Measurement {
    /// Reads a list of numbers, each of at most `bits` bits. If `bits` is 0, the list is a histogram, with a 1 for the
    /// answered cell and a 0 for each other one. `None` if a number doesn't fit.
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

/// The parameter `chunk_length`, which all parties to a task have to agree on. This value makes proofs shortest for
/// `length` cells of `bits` bits each; a cell of a histogram has one bit.
pub fn chunk_length(length: usize, bits: u32) -> usize {
    // There are at most 128 bits, so this fits.
    optimal_chunk_length(length.saturating_mul(bits.max(1) as usize))
}
