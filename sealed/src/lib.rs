//! Answers as secret-shared reports, to be sealed for two aggregators.
//!
//! In come a task, a time and one answer; out goes a [`Report`]: a share for each of the two aggregators, what each
//! of them has to be sealed with, and, once the shares are sealed, the message that is uploaded. What differs between
//! versions of the protocol (DAP) and of the shares (VDAF) stands behind [`Version`]. Sealing itself (HPKE) is the
//! browser's work, so there is none here.
//!
//! Refused are answers that the task has no place for, and [lists of keys](HpkeConfig) of which none fits.
//!
//! # Privacy
//! Either share by itself is as good as random. Together they hold the answer, so neither may be kept or sent
//! before it is sealed.
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

/// Why there is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealedError {
    /// The task has no cells, or none for this answer.
    #[error("the answer does not fit its task")]
    Measurement,
    /// Without randomness a share would tell the answer.
    #[error("no randomness to split the answer with")]
    Randomness,
}
