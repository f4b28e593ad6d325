//! What has to hold of whatever is read, be it made by an author, a browser, an aggregator, or by chance.
//!
//! In come bytes. A law that doesn't hold of them panics; one that does says whether they were taken as what they are
//! to be. The same laws are held against what a fuzzer makes up (`fuzz/fuzz_targets/`) and, in an ordinary test, against
//! what earlier runs of it have left in `fuzz/corpus/`, so that what was a finding once can't come back unnoticed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "to panic is how a law says that it doesn't hold"
)]

mod dap;
mod definition;
mod figures;
mod mutation;
mod release;

pub use dap::dap;
pub use definition::definition;
pub use mutation::mutate;
pub use release::release;

/// What became of an input of which the law holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was what it is to be.
    Taken,
    /// It wasn't, and was told so.
    Refused,
}
