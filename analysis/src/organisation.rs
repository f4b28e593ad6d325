//! What an organisation tells besides answers.
//!
//! In come three files that an operator imports: which [`Units`] there are and what they were called before, [`Facts`]
//! such as headcounts and outcomes, and [`Benchmarks`] to compare figures with. Out go types in which these can be looked
//! up. A file with mistakes is refused as a whole; the error lists each mistake's place, and what is allowed there.

mod benchmarks;
mod facts;
mod units;

pub use benchmarks::{Benchmark, BenchmarkMeasure, Benchmarks, Quantile};
pub use facts::{Fact, FactFault, FactProblem, FactProblems, Facts, HEADCOUNT};
pub use units::{Rename, Units};

/// The size of the longest file in JSON that is read, in bytes.
const MAX_BYTES: usize = 4 << 20;

/// The form of a unit's name, which is a value of a segment.
const UNIT_FORM: &str = "1 to 32 of a-z A-Z 0-9 - _";

/// All that an organisation has told. By default it has told nothing: each unit keeps its name, and nothing is known of
/// it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Organisation {
    /// Its units.
    pub units: Units,
    /// What is known of each unit, [under its present name](Facts::under).
    pub facts: Facts,
    /// Others' figures.
    pub benchmarks: Benchmarks,
}

impl Organisation {
    /// Puts together what three files said.
    pub fn new(units: Units, facts: &Facts, benchmarks: Benchmarks) -> Self {
        Self { facts: facts.under(&units), units, benchmarks }
    }
}

/// Whether a text can be a unit's name.
fn is_unit(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    matches!(name.len(), 1..=32) && name.bytes().all(plain)
}
