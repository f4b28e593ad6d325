use crate::{Measurement, Role, SealedError, Shares, Version};
use std::marker::PhantomData;

/// What both aggregators know a task by.
pub type TaskId = [u8; 32];

/// Random, so that a report that arrives twice counts once.
pub type ReportId = [u8; 16];

/// What an aggregator gets to see of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// One for each report, derived from nothing.
    pub id: ReportId,
    /// In seconds since 1970-01-01.
    pub time_s: u64,
}

impl Metadata {
    /// Gives a report the start of the last interval that is over by `now_s`, which is all that is told of the time.
    ///
    /// `precision_s` is the length of a task's intervals, in seconds.
    pub fn of(id: ReportId, now_s: u64, precision_s: u64) -> Self {
        let precision_s = precision_s.max(1);
        Self { id, time_s: (now_s / precision_s).saturating_sub(1) * precision_s }
    }
}

/// What became of a share once it was sealed (`HpkeCiphertext`).
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    /// The id of the [`HpkeConfig`](crate::HpkeConfig) it was sealed for.
    pub config_id: u8,
    /// The encapsulated key.
    pub encapsulated_key: &'a [u8],
    /// The ciphertext with its tag.
    pub payload: &'a [u8],
}

/// An answer in two shares, which wait to be sealed. It can't be printed.
pub struct Report<V> {
    task: TaskId,
    metadata: Metadata,
    shares: Shares,
    version: PhantomData<V>,
}

impl<V: Version> Report<V> {
    /// Splits an answer.
    ///
    /// # Errors
    /// [`SealedError`] when the answer has no place in its task, or when there is no randomness.
    pub fn new(task: TaskId, metadata: Metadata, measurement: &Measurement) -> Result<Self, SealedError> {
        let shares = V::shard(measurement, &metadata.id)?;
        Ok(Self { task, metadata, shares, version: PhantomData })
    }

    /// What an aggregator gets to see.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What is sealed for an aggregator. Nobody but that aggregator may see it.
    pub fn plaintext(&self, role: Role) -> Vec<u8> {
        V::plaintext(match role {
            Role::Leader => &self.shares.leader,
            Role::Helper => &self.shares.helper,
        })
    }

    /// What both are bound to when they are sealed: the task, the report's id and time, the public share.
    pub fn associated_data(&self) -> Vec<u8> {
        V::associated_data(&self.task, &self.metadata, &self.shares.public)
    }

    /// The message that is uploaded.
    pub fn message(&self, leader: Sealed<'_>, helper: Sealed<'_>) -> Vec<u8> {
        V::message(&self.metadata, &self.shares.public, leader, helper)
    }
}
