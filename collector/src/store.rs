//! What the collector keeps: totals, what of them readers have been shown, the ids of releases, the definitions they were checked against, the
//! files of the last builds, and one setting. `migrations/` is all of it.
//!
//! A release is one transaction, on disk before it is answered. Writes queue for [one connection](writer); readers never wait for
//! them.

#[cfg(feature = "sealed")]
mod collections;
mod definitions;
mod error;
mod files;
mod holdings;
mod migrations;
mod releases;
mod revisions;
mod rows;
mod settings;
mod told;
mod voiding;
mod writer;

#[cfg(feature = "sealed")]
pub(crate) use collections::Collection;
pub(crate) use definitions::StoredDefinition;
pub use error::StoreError;
pub(crate) use holdings::Selection;
pub(crate) use releases::Added;
pub(crate) use revisions::{Revision, RevisionKind};
pub(crate) use voiding::{Extent, Held};

use puls_core::wave::Day;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;
use writer::Place;

const READERS: u32 = 4;

/// How long a statement waits for a lock that another program holds.
const PATIENCE: Duration = Duration::from_secs(5);

/// What has to be free on the disk for the collector to count as ready: room for some releases.
const LEAST_ROOM_BYTES: u64 = 128 << 10;

/// The database.
#[derive(Clone)]
pub(crate) struct Store {
    file: Arc<Path>,
    options: SqliteConnectOptions,
    writer: Arc<Mutex<Place>>,
    readers: Arc<RwLock<SqlitePool>>,
    /// The definitions that a database which is put in the place of this one has to know as well.
    remembered: Arc<OnceLock<Vec<StoredDefinition>>>,
}

impl Store {
    /// Opens `sqlite:FILE`, and makes the file when there is none.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        let store = Self::of(file_of(url)?);
        let made = store.options.clone().create_if_missing(true).connect().await;
        made.map_err(|cause| store.cannot_open(cause))?.close().await?;
        store.opened().await
    }

    /// Opens `sqlite:FILE`, which has to be there.
    pub(crate) async fn open_existing(url: &str) -> Result<Self, StoreError> {
        Self::of(file_of(url)?).opened().await
    }

    fn of(file: PathBuf) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .foreign_keys(true);
        let readers = Arc::new(RwLock::new(readers(&options)));
        Self { file: file.into(), options, writer: Arc::default(), readers, remembered: Arc::default() }
    }

    /// The first transaction brings the database up to date.
    async fn opened(self) -> Result<Self, StoreError> {
        // Where it is a link, SQLite's log lies beside what that leads to.
        let file = fs::canonicalize(&self.file).unwrap_or_else(|_| self.file.to_path_buf());
        let store = Self::of(file);
        let mut first = store.begin().await?;
        // This finds out whether the file can be written, and is rolled back.
        sqlx::query("UPDATE settings SET value = value").execute(&mut *first).await?;
        first.give_back().await?;
        Ok(store)
    }

    /// Writes everything into the one file and closes it.
    pub(crate) async fn close(&self) {
        // SQLite folds its log into the file when the last connection closes.
        self.reads().close().await;
        self.close_writer().await;
    }

    /// Whether the database answers.
    pub(crate) async fn check(&self) -> Result<(), StoreError> {
        self.setting("schema").await.map(drop)
    }

    /// Whether a release could be taken: there is room for it, and nobody else holds the write lock.
    pub(crate) async fn check_ready(&self) -> Result<(), StoreError> {
        self.check_room(LEAST_ROOM_BYTES)?;
        self.begin().await?.give_back().await
    }

    /// Whether so many bytes are free on the disk.
    fn check_room(&self, least: u64) -> Result<(), StoreError> {
        let folder = self.file.parent().filter(|folder| *folder != "").unwrap_or(Path::new("."));
        let free = fs4::available_space(folder).map_err(sqlx::Error::from)?;
        if free < least {
            return Err(StoreError::Room { file: self.file.to_path_buf(), free, least });
        }
        Ok(())
    }

    /// The connections that read.
    fn reads(&self) -> SqlitePool {
        self.readers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets new connections read what lies at the file's path by now.
    fn renew_readers(&self) {
        *self.readers.write().unwrap_or_else(PoisonError::into_inner) = readers(&self.options);
    }

    fn cannot_open(&self, cause: sqlx::Error) -> StoreError {
        StoreError::Open { file: self.file.to_path_buf(), cause }
    }
}

fn readers(options: &SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(options.clone().read_only(true))
}

fn file_of(url: &str) -> Result<PathBuf, StoreError> {
    let url = url.trim();
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Err(StoreError::Postgres);
    }
    let file = url.strip_prefix("sqlite:").map(|file| file.strip_prefix("//").unwrap_or(file));
    // A database in memory would be a separate one for each connection, and gone after a restart.
    match file.filter(|file| !file.is_empty() && !file.starts_with(':')) {
        Some(file) => Ok(file.into()),
        None => Err(StoreError::Url { url: url.to_owned() }),
    }
}

/// What lies beside a file under its name and a suffix.
fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut path = file.to_path_buf().into_os_string();
    path.push(suffix);
    path.into()
}

/// Counts are stored as the signed integers that SQL has.
fn to_sql(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Days are stored as they are counted.
fn day_from_sql(days_since_1970: i64) -> Day {
    Day::since_1970(i32::try_from(days_since_1970).unwrap_or(i32::MAX))
}

fn from_sql(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_sqlite_are_databases() {
        assert_eq!(file_of("sqlite:a/b.db").unwrap(), PathBuf::from("a/b.db"));
        assert_eq!(file_of("sqlite:///var/puls.db").unwrap(), PathBuf::from("/var/puls.db"));
        for url in ["postgres://db/puls", "postgresql://db/puls"] {
            assert!(matches!(file_of(url), Err(StoreError::Postgres)), "{url}");
        }
        for url in ["", "puls.db", "sqlite:", "sqlite://", "sqlite::memory:", "mysql://db"] {
            assert!(matches!(file_of(url), Err(StoreError::Url { .. })), "{url}");
        }
    }
}
