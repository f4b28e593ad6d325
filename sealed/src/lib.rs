//! Splits answers into secret-shared reports, to be sealed for two aggregators.
//!
//! In come a task, a time and one answer; out goes a [`Report`]. It has a share for each of the two aggregators, and
//! the texts that sealing needs; from the sealed shares it makes the message that is posted. [`Version`] has everything
//! that differs between versions of the protocol (DAP) and of the shares (VDAF). Sealing itself (HPKE) is left to the
//! browser.
//!
//! It refuses answers that the task has no place for, and [lists of keys](HpkeConfig) without a supported one.
//!
//! # Privacy
//! Each share by itself is as good as random. Together they tell the answer, so neither may be kept or sent before it
//! is sealed.
//!
//! # Source
//! draft-ietf-ppm-dap-09 and draft-irtf-cfrg-vdaf-08, by the crate `prio`.

mod bytes;
mod hpke_config;
mod measurement;
mod report;
mod version;

pub use hpke_config::HpkeConfig;
pub use measurement::{Measurement, chunk_length};
pub use report::{Metadata, Report, ReportId, Sealed, TaskId};
pub use version::{Dap09, Role, Shares, Version};

/// Why an answer can't be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealedError {
    /// The task has no cell for the answer.
    #[error("the answer does not fit its task")]
    Measurement,
    /// There is no randomness, without which a share would tell the answer.
    #[error("no randomness to split the answer with")]
    Randomness,
}
