//! Figures beside other people's programs, and how often they are right: `../references/` has the programs and what they say.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that meets the unexpected fails, and its numbers are small"
)]

mod across;
mod difference;
mod dominance;
mod draws;
mod percentile;
mod rank;
mod reliability;
mod several;
mod shrinkage;
mod trend;
