//! What the collector keeps: totals, the published part of them, the ids of releases, the definitions that releases
//! were checked against, the files of the last builds, what the organisation has told besides, and settings.
//!
//! The interface of a [`Store`] uses the terms of releases: survey, version, wave and segment. How a store keeps them
//! is up to it. [`sqlite`] is the only one.

mod error;
mod imports;
mod revision;
mod shape;
mod sqlite;

pub use error::StoreError;
pub(crate) use imports::{EDITION, Import, Imports};
pub(crate) use revision::{Revision, RevisionKind};
pub use sqlite::SqliteError;

use async_trait::async_trait;
use puls_analysis::disclosure::{Holdings, Publications};
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::wave::Day;
use sqlite::Sqlite;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A database. Each call that changes it makes all of its changes or none, and returns when they are on disk.
#[async_trait]
pub(crate) trait Store: Send + Sync {
    /// Adds a release to the totals, unless a release with the same id has been added before.
    async fn add(&self, release: &Received) -> Result<Added, StoreError>;

    /// Adds releases of made-up respondents, all or none, and says for each whether it was new. A wave that had closed
    /// before `today` gets a revision.
    async fn add_sample(&self, releases: &[Received], today: Day) -> Result<Vec<Added>, StoreError>;

    /// Adds sums of a sealed survey to the totals, unless sums with the same id have been added before. A wave that had
    /// closed before `today` gets a revision.
    #[cfg(feature = "sealed")]
    async fn add_sums(&self, sums: &Received, today: Day) -> Result<Added, StoreError>;

    /// Whether sums of a sealed survey are in the totals.
    #[cfg(feature = "sealed")]
    async fn has_sums(&self, sums: &Sums<'_>) -> Result<bool, StoreError>;

    /// Returns what is held and published of a selection, all of one moment.
    async fn holdings(&self, selection: &Selection<'_>) -> Result<Holdings, StoreError>;

    /// Keeps as published what `due` makes of the holdings. Nobody else changes them meanwhile, so if two collectors
    /// publish at once, the second finds it done. If a store has to repeat its transaction, it calls `due` again.
    async fn publish(&self, selection: &Selection<'_>, due: Due<'_>) -> Result<(), StoreError>;

    /// Returns what is held of an extent, by version and wave.
    async fn held(&self, extent: &Extent) -> Result<Vec<Held>, StoreError>;

    /// Takes an extent out of the totals for ever, together with what is published of it, and returns what that was.
    /// Each wave gets a revision with the reason. The ids of releases and sums stay, so none of them is added again.
    async fn void(&self, extent: &Extent, today: Day, reason: &str) -> Result<Vec<Held>, StoreError>;

    /// Returns a survey's revisions, the oldest first. Kinds that this build doesn't know are left out.
    async fn revisions(&self, survey: &str) -> Result<Vec<Revision>, StoreError>;

    /// Returns a survey's generation, which rises with every change of what is held, published or revised of the
    /// survey. Whoever keeps something that was worked out from these reads the generation first, so that a change in
    /// between makes it stale.
    async fn generation(&self, survey: &str) -> Result<u64, StoreError>;

    /// Returns every version of every survey that was ever served.
    async fn definitions(&self) -> Result<Vec<StoredDefinition>, StoreError>;

    /// Keeps definitions. A definition replaces one of the same survey and version; the earlier of the two days on
    /// which it was first served stays.
    async fn keep_definitions(&self, definitions: &[StoredDefinition]) -> Result<(), StoreError>;

    /// Returns all files that are kept, of this build and of earlier ones, by their paths.
    async fn files(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError>;

    /// Keeps the files of this build. Files of earlier builds that it doesn't have are forgotten after a while.
    ///
    /// # Errors
    /// Returns an error if they would take the room that totals need.
    async fn keep_files(&self, files: &[(&str, &[u8])], today: Day) -> Result<(), StoreError>;

    /// Returns what the organisation has told.
    async fn imports(&self) -> Result<Imports, StoreError>;

    /// Imports a file of what the organisation tells, and gives the setting [`EDITION`] another value.
    async fn import(&self, import: &Import) -> Result<(), StoreError>;

    /// Returns a setting, if it has been made.
    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Makes or changes a setting.
    async fn set(&self, name: &str, value: &str) -> Result<(), StoreError>;

    /// Checks that the store answers.
    async fn check(&self) -> Result<(), StoreError>;

    /// Checks that it could take a release now.
    async fn check_ready(&self) -> Result<(), StoreError>;

    /// Closes the store in order.
    async fn close(&self);
}

/// Decides what to publish of the holdings.
pub(crate) type Due<'a> = &'a (dyn Fn(Holdings) -> Publications + Send + Sync);

/// Opens the store at a URL, and creates it if it doesn't exist.
pub(crate) async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Sqlite::open(url).await?))
}

/// Opens the store at a URL, which has to exist.
pub(crate) async fn open_existing(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Sqlite::open_existing(url).await?))
}

/// Whether a release was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// It was new, and is in the totals now.
    Now,
    /// It had been added before.
    Before,
}

/// The part of one survey's totals that is read.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub(crate) survey: &'a str,
    /// The mechanism, as releases state it.
    pub(crate) mechanism: &'a str,
    /// The wave; all waves if it is `None`.
    pub(crate) wave: Option<&'a str>,
    /// The lines; all lines if it is `None`. Joint sums are read if all joint lines are among them.
    pub(crate) lines: Option<&'a BTreeSet<String>>,
    /// All versions of the survey, since they say which lines there are and how many cells each has.
    pub(crate) versions: &'a BTreeMap<u32, &'a Definition>,
}

/// The part of one survey's totals that is voided.
#[derive(Debug, Clone)]
pub(crate) struct Extent {
    pub(crate) survey: String,
    /// All versions if `None`.
    pub(crate) version: Option<u32>,
    /// All waves if `None`.
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
    /// The id, which is computed from task and wave.
    pub(crate) id: &'a str,
    pub(crate) survey: &'a str,
    /// The versions of the survey that have the task.
    pub(crate) versions: &'a [u32],
    pub(crate) wave: puls_core::wave::Wave,
    pub(crate) segment: &'a puls_core::segment::Segment,
    /// The line's id, or the joint lines' ids joined with +.
    pub(crate) line: &'a str,
}

/// A definition as it was served.
#[derive(Debug, Clone)]
pub(crate) struct StoredDefinition {
    pub(crate) survey: String,
    pub(crate) version: u32,
    pub(crate) json: String,
    /// The day from which on it was served; `None` if an older build served it, which didn't keep the day.
    pub(crate) first_served: Option<Day>,
}
