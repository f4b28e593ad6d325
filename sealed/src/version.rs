//! Versions of the protocol, one in each file. Each version of the protocol uses one version of the shares.

mod dap09;

pub use dap09::Dap09;

use crate::{Measurement, Metadata, ReportId, Sealed, SealedError, TaskId};

/// The aggregator that a share is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The aggregator that reports are posted to.
    Leader,
    /// The other aggregator.
    Helper,
}

/// An answer split into two shares, and what both aggregators need to check them. It can't be printed.
pub struct Shares {
    /// What both aggregators get to see. It tells nothing of the answer.
    pub public: Vec<u8>,
    /// The leader's share: as good as random without the other one.
    pub leader: Vec<u8>,
    /// The helper's share: as good as random without the other one.
    pub helper: Vec<u8>,
}

/// The parts in which versions of the protocol differ.
pub trait Version {
    /// Splits an answer into shares, with a proof that they add up to an allowed answer.
    ///
    /// # Errors
    /// [`SealedError`] if the task has no place for the answer, or if there is no randomness.
    fn shard(measurement: &Measurement, id: &ReportId) -> Result<Shares, SealedError>;

    /// HPKE's `info`, which says what a share is sealed for.
    fn info(recipient: Role) -> Vec<u8>;

    /// The plaintext that a share is sealed in.
    fn plaintext(share: &[u8]) -> Vec<u8>;

    /// HPKE's `aad`, which sealed shares are bound to.
    fn associated_data(task: &TaskId, metadata: &Metadata, public_share: &[u8]) -> Vec<u8>;

    /// The report as it is posted.
    fn message(metadata: &Metadata, public_share: &[u8], leader: Sealed<'_>, helper: Sealed<'_>) -> Vec<u8>;
}
