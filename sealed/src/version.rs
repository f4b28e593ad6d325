//! Versions of the protocol, one a file. Each goes with one version of the shares.

mod dap09;

pub use dap09::Dap09;

use crate::{Measurement, Metadata, ReportId, Sealed, SealedError, TaskId};

/// Whom a share is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The aggregator that takes the reports.
    Leader,
    /// The other one.
    Helper,
}

/// An answer in two shares, and what both aggregators have to know to check them. It can't be printed.
pub struct Shares {
    /// Tells nothing of the answer.
    pub public: Vec<u8>,
    /// As good as random, but for who has the other one.
    pub leader: Vec<u8>,
    /// As good as random, but for who has the other one.
    pub helper: Vec<u8>,
}

/// What differs between versions of the protocol.
pub trait Version {
    /// Splits an answer into shares and a proof that they add up to an answer that is allowed.
    ///
    /// # Errors
    /// [`SealedError`] when the answer has no place in its task, or when there is no randomness.
    fn shard(measurement: &Measurement, id: &ReportId) -> Result<Shares, SealedError>;

    /// HPKE's `info`: what a share is sealed for.
    fn info(recipient: Role) -> Vec<u8>;

    /// A share as it is sealed.
    fn plaintext(share: &[u8]) -> Vec<u8>;

    /// HPKE's `aad`: what sealed shares are bound to.
    fn associated_data(task: &TaskId, metadata: &Metadata, public_share: &[u8]) -> Vec<u8>;

    /// The whole report.
    fn message(metadata: &Metadata, public_share: &[u8], leader: Sealed<'_>, helper: Sealed<'_>) -> Vec<u8>;
}
