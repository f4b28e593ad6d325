//! Reports as both aggregators see them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

mod made_up;
mod messages;
mod rejected;
mod sums;
mod support;
mod vectors;
