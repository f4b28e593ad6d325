//! The collector over real HTTP, on a real database in a folder of its own.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

mod calendar;
mod figures;
mod files;
mod hostile;
mod joint;
mod lasting;
mod lopsided;
mod migrations;
mod releases;
mod results;
mod sample;
mod screens;
#[cfg(feature = "sealed")]
mod sealed;
mod start;
mod support;
mod void;
mod withheld;
