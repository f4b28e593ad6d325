//! What the collector keeps: totals, what of them it has published, the ids of releases, the definitions they were checked against,
//! the files of the last builds, and its settings.
//!
//! A [`Store`] is asked in the terms of releases: survey, version, wave and segment. How it keeps them is its own affair; [`sqlite`]
//! is the one that there is.

mod error;
mod revision;
mod shape;
mod sqlite;

pub use error::StoreError;
pub(crate) use revision::{Revision, RevisionKind};
pub use sqlite::SqliteError;

use async_trait::async_trait;
use puls_analysis::disclosure::{Holdings, Publications};
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::wave::Day;
use sqlite::Sqlite;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A database. Whatever changes it, changes all that it says or nothing, and is on disk when the call returns.
#[async_trait]
pub(crate) trait Store: Send + Sync {
    /// Adds a release to the totals, unless one with its id has been added.
    async fn add(&self, release: &Received) -> Result<Added, StoreError>;

    /// Adds releases of made-up respondents, all or none, and says what became of each. A wave that had closed before `today` gets
    /// a revision.
    async fn add_sample(&self, releases: &[Received], today: Day) -> Result<Vec<Added>, StoreError>;

    /// Adds sums of a sealed survey to the totals, unless sums with their id have been added. A wave that had closed before `today`
    /// gets a revision.
    #[cfg(feature = "sealed")]
    async fn add_sums(&self, sums: &Received, today: Day) -> Result<Added, StoreError>;

    /// Whether sums of a sealed survey are in the totals.
    #[cfg(feature = "sealed")]
    async fn has_sums(&self, sums: &Sums<'_>) -> Result<bool, StoreError>;

    /// What is held and published of a selection, all of one moment.
    async fn holdings(&self, selection: &Selection<'_>) -> Result<Holdings, StoreError>;

    /// Notes as published whatever `due` finds in what is held. Nothing changes in between, so that of two collectors that publish
    /// at once the second finds it done. A store that has to begin its transaction again asks `due` again.
    async fn publish(&self, selection: &Selection<'_>, due: Due<'_>) -> Result<(), StoreError>;

    /// What an extent holds, by version and wave.
    async fn held(&self, extent: &Extent) -> Result<Vec<Held>, StoreError>;

    /// Takes an extent out of the totals for ever, with what was published of it, and says what that was. Each wave gets a revision
    /// with the reason. Ids of releases and of sums stay, so that none of them is added again.
    async fn void(&self, extent: &Extent, today: Day, reason: &str) -> Result<Vec<Held>, StoreError>;

    /// What was revised of a survey, the oldest first. Kinds that this build doesn't know are left out.
    async fn revisions(&self, survey: &str) -> Result<Vec<Revision>, StoreError>;

    /// Every version of every survey that was ever served.
    async fn definitions(&self) -> Result<Vec<StoredDefinition>, StoreError>;

    /// Keeps definitions. Of the same survey and version there is one, which was first served on the earlier of the days.
    async fn keep_definitions(&self, definitions: &[StoredDefinition]) -> Result<(), StoreError>;

    /// All files that are kept, of this build and of earlier ones, by their paths.
    async fn files(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError>;

    /// Keeps the files of this build. Those of earlier builds that it doesn't have are forgotten after a while.
    ///
    /// # Errors
    /// Where they would take the room that totals need.
    async fn keep_files(&self, files: &[(&str, &[u8])], today: Day) -> Result<(), StoreError>;

    /// A setting, if it has been made.
    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Makes or changes a setting.
    async fn set(&self, name: &str, value: &str) -> Result<(), StoreError>;

    /// Whether it answers.
    async fn check(&self) -> Result<(), StoreError>;

    /// Whether it could take a release now.
    async fn check_ready(&self) -> Result<(), StoreError>;

    /// Ends its use in order.
    async fn close(&self);
}

/// What is to be published of what is held.
pub(crate) type Due<'a> = &'a (dyn Fn(Holdings) -> Publications + Send + Sync);

/// Opens the store at a URL, and makes it when there is none.
pub(crate) async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Sqlite::open(url).await?))
}

/// Opens the store at a URL, which has to be there.
pub(crate) async fn open_existing(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Sqlite::open_existing(url).await?))
}

/// What became of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// It was added to the totals.
    Now,
    /// It had been before.
    Before,
}

/// Which totals are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub(crate) survey: &'a str,
    /// As releases state it.
    pub(crate) mechanism: &'a str,
    /// All of them when `None`.
    pub(crate) wave: Option<&'a str>,
    /// Every version of the survey, which says what lines there are, and how many cells each has.
    pub(crate) versions: &'a BTreeMap<u32, &'a Definition>,
}

/// Part of one survey's totals.
#[derive(Debug, Clone)]
pub(crate) struct Extent {
    pub(crate) survey: String,
    /// All versions when `None`.
    pub(crate) version: Option<u32>,
    /// All waves when `None`.
    pub(crate) wave: Option<String>,
}

/// What is held of one version in one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) version: u32,
    pub(crate) wave: String,
    pub(crate) respondents: u64,
    /// How many of the respondents are sample data.
    pub(crate) sample: u64,
    pub(crate) segments: u64,
    pub(crate) lines: u64,
}

/// The sums of one task and wave of a sealed survey.
#[cfg(feature = "sealed")]
pub(crate) struct Sums<'a> {
    /// Reckoned from both.
    pub(crate) id: &'a str,
    pub(crate) survey: &'a str,
    /// The versions of the survey that have the task.
    pub(crate) versions: &'a [u32],
    pub(crate) wave: puls_core::wave::Wave,
    pub(crate) segment: &'a puls_core::segment::Segment,
    /// The line's id, or the joint lines' name.
    pub(crate) line: &'a str,
}

/// A definition as it was served.
#[derive(Debug, Clone)]
pub(crate) struct StoredDefinition {
    pub(crate) survey: String,
    pub(crate) version: u32,
    pub(crate) json: String,
    /// Since when; unknown of versions that builds served which didn't note it.
    pub(crate) first_served: Option<Day>,
}
