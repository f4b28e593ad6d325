//! What the flow tests and the measurements stand on: a browser, a collector, and pages that embed Puls.
//!
//! Everything here is started for one test on ports of its own and ends with it. Nothing waits for a fixed
//! time: [`until`] looks again and again, up to a deadline. Whatever goes wrong panics, and says what was seen.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

pub mod browser;
pub mod collector;
pub mod endpoint;
pub mod engine;
pub mod host;
pub mod network;
pub mod package;
pub mod proxy;
pub mod spread;
pub mod survey;
pub mod transcript;

mod dist;
mod process;
mod wait;

pub use dist::{asset, axe, dist};
pub use wait::until;
