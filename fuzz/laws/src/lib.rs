//! Laws that hold for all input, whether an author, a browser, an aggregator or chance has made it.
//!
//! Each law takes bytes. It panics if it doesn't hold for them; otherwise it says whether they were taken or refused. A
//! fuzzer tries the laws on bytes that it makes up (`fuzz/fuzz_targets/`). An ordinary test tries them on what earlier
//! runs of the fuzzer have left in `fuzz/corpus/`, so that no earlier finding comes back unnoticed.
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

/// What became of an input for which a law holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The input was read as what the law expects.
    Taken,
    /// The input was refused, with a reason.
    Refused,
}
