//! Both aggregators of a sealed survey in one process, so that tests see what a leader and a helper make of its reports.
//!
//! In come reports, as uploaded; out go sums, as collected. Everything that the two would do to a report is done to it,
//! by the same libraries that Janus is made of: both shares are opened, checked against each other, and added. What is
//! missing is that they are two, and that they forget nothing when they are stopped. So this is for tests alone: who
//! runs it can read every answer.
#![allow(clippy::unwrap_used, reason = "it runs in tests alone, where stopping is what should happen")]

mod aggregation;
mod browser;
mod collection;
mod keys;
mod routes;
mod task;

pub use aggregation::Rejected;
pub use browser::{report, report_by};
pub use keys::{Keypair, base64};
pub use routes::{Served, serve};
pub use task::{Parameters, Task, Uploaded, Vdaf};
