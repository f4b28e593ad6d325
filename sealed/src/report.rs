use crate::{Measurement, Role, SealedError, Shares, Version};
use std::marker::PhantomData;

/// The id of a task, at both aggregators.
pub type TaskId = [u8; 32];

/// The id of a report. It is random; by it, a report that arrives twice is counted once.
pub type ReportId = [u8; 16];

/// The part of a report that aggregators can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// The report's id, which is drawn at random.
    pub id: ReportId,
    /// The report's time, in seconds since 1970-01-01.
    pub time_s: u64,
}

impl Metadata {
    /// Dates a report by the start of the last interval that is over at `now_s`. Nothing more exact is told of its
    /// time.
    ///
    /// `precision_s` is the length of a task's intervals, in seconds.
    pub fn of(id: ReportId, now_s: u64, precision_s: u64) -> Self {
        let precision_s = precision_s.max(1);
        Self { id, time_s: (now_s / precision_s).saturating_sub(1) * precision_s }
    }
}

/// A sealed share (`HpkeCiphertext`).
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    /// The id of the [`HpkeConfig`](crate::HpkeConfig) that it was sealed for.
    pub config_id: u8,
    /// The encapsulated key.
    pub encapsulated_key: &'a [u8],
    /// The ciphertext with its tag.
    pub payload: &'a [u8],
}

/// An answer split into two shares, which still have to be sealed. It can't be printed.
pub struct Report<V> {
    task: TaskId,
    metadata: Metadata,
    shares: Shares,
    version: PhantomData<V>,
}

impl<V: Version> Report<V> {
    /// Splits an answer into shares.
    ///
    /// # Errors
    /// [`SealedError`] if the task has no place for the answer, or if there is no randomness.
    pub fn new(task: TaskId, metadata: Metadata, measurement: &Measurement) -> Result<Self, SealedError> {
        let shares = V::shard(measurement, &metadata.id)?;
        Ok(Self { task, metadata, shares, version: PhantomData })
    }

    /// The part that aggregators can read.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The plaintext to seal for an aggregator. Nobody else may see it.
    pub fn plaintext(&self, role: Role) -> Vec<u8> {
        V::plaintext(match role {
            Role::Leader => &self.shares.leader,
            Role::Helper => &self.shares.helper,
        })
    }

    /// HPKE's `aad` for both shares, which binds them to the task, the report's id and time, and the public share.
    pub fn associated_data(&self) -> Vec<u8> {
        V::associated_data(&self.task, &self.metadata, &self.shares.public)
    }

    /// The message to post, from the sealed shares.
    pub fn message(&self, leader: Sealed<'_>, helper: Sealed<'_>) -> Vec<u8> {
        V::message(&self.metadata, &self.shares.public, leader, helper)
    }
}
