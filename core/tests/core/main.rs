//! What definitions, answers and releases are, and what the mechanisms promise.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that meets the unexpected fails, and its numbers are small"
)]

mod apart;
mod definition;
mod elsewhere;
mod form;
mod joint;
mod lifetime;
mod longitudinal;
mod matching;
mod order;
mod path;
mod privacy;
mod randomised;
mod ready_made;
mod rules;
mod square_wave;
mod summary;
mod support;
mod wire;
