//! Both aggregators of a sealed survey in one process, so that tests see what a leader and a helper make of its
//! reports.
//!
//! In come reports as browsers post them; out go sums as a collector gets them. The code does everything that two
//! aggregators do, with the libraries that Janus is made of: it opens both shares, checks them against each other, and
//! adds them up. But it is one process, not two, and it forgets everything when it stops. Whoever runs it can read
//! every answer, so it is for tests alone.
#![allow(clippy::unwrap_used, reason = "it runs in tests alone, which should fail then")]

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
