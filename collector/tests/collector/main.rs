//! The collector over real HTTP, on a real database in a folder of its own.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that meets the unexpected fails"
)]

mod broken;
mod calendar;
#[cfg(target_os = "linux")]
mod disk;
mod figures;
mod files;
mod hostile;
mod insight;
mod joint;
mod killed;
mod lasting;
mod lopsided;
mod migrations;
mod openapi;
mod organisation;
mod program;
mod public_data;
mod releases;
mod results;
mod sample;
mod screens;
#[cfg(feature = "sealed")]
mod sealed;
mod settings;
mod settled;
mod start;
mod support;
mod void;
mod withheld;
