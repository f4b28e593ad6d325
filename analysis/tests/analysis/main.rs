//! What becomes of releases: what is received, what is published of it, and what is estimated.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that meets the unexpected fails, and its numbers are small"
)]

mod coverage;
mod derived;
mod disclosure;
mod elsewhere;
mod insight;
mod joint;
mod noise;
mod randomised;
mod reader;
mod received;
mod results;
mod square_wave;
mod support;
mod survey_disclosure;
