//! What the collector keeps: totals, what of them readers have been shown, the ids of releases, the definitions they were checked against, and
//! one setting. `migrations/` is all of it.
//!
//! A release is one transaction, on disk before it is answered. SQLite takes one writer at a time, so
//! all writes share a connection and queue for it in order; readers never wait for them.

#[cfg(feature = "sealed")]
mod collections;
mod definitions;
mod holdings;
mod migrations;
mod releases;
mod revisions;
mod rows;
mod settings;
mod told;
mod voiding;

#[cfg(feature = "sealed")]
pub(crate) use collections::Collection;
pub(crate) use definitions::StoredDefinition;
pub(crate) use holdings::{Holding, Holdings, Selection};
pub(crate) use releases::Added;
pub(crate) use revisions::{Revision, RevisionKind};
pub(crate) use told::{OpenGroups, Telling, Tellings};
pub(crate) use voiding::{Extent, Held};

use puls_core::wave::Day;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::PathBuf;
use std::time::Duration;

const READERS: u32 = 4;

/// The database.
#[derive(Clone)]
pub(crate) struct Store {
    writes: SqlitePool,
    reads: SqlitePool,
}

/// The database can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// PostgreSQL is for later.
    #[error("PostgreSQL is not supported yet; use sqlite:FILE")]
    Postgres,
    /// Something that isn't the URL of a database in a file.
    #[error("database {url:?} is unknown; use sqlite:FILE, such as sqlite:puls.db")]
    Url {
        /// As received.
        url: String,
    },
    /// The file can't be opened.
    #[error("can't open the database {}: {cause}", file.display())]
    Open {
        /// The database's file.
        file: PathBuf,
        /// Why not.
        cause: sqlx::Error,
    },
    /// Some later build made the file, which keeps its migrations otherwise.
    #[error(
        "the database has the form {found}, which this collector doesn't know; use the collector that made it, or a newer one"
    )]
    Form {
        /// As found.
        found: String,
    },
    /// Some later build made the file.
    #[error(
        "a newer collector has changed the database (its migration {found}; this one knows those up to {newest}); \
         use that collector, or a newer one"
    )]
    Newer {
        /// The first migration that isn't known here.
        found: i64,
        /// The last that is.
        newest: i64,
    },
    /// The file can't be brought into the form that this build writes.
    #[error("the database can't be brought up to date, and is as it was: {0}")]
    Migration(MigrateError),
    /// Another program has been at the totals.
    #[error("the database has a cell {cell} of a line that has none; restore it from a copy")]
    Cell {
        /// As found.
        cell: i64,
    },
    /// A statement failed.
    #[error("the database failed: {0}")]
    Statement(#[from] sqlx::Error),
}

impl Store {
    /// Opens `sqlite:FILE`, and makes the file when there is none.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_as(url, SqliteConnectOptions::new().create_if_missing(true)).await
    }

    /// Opens `sqlite:FILE`, which has to be there.
    pub(crate) async fn open_existing(url: &str) -> Result<Self, StoreError> {
        Self::open_as(url, SqliteConnectOptions::new()).await
    }

    async fn open_as(url: &str, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let file = file_of(url)?;
        let options = options
            .filename(&file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true);
        let cannot_open = |cause| StoreError::Open { file: file.clone(), cause };
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await;
        let writes = writer.map_err(cannot_open)?;
        let store = Self { reads: readers(options), writes };
        store.prepare().await?;
        Ok(store)
    }

    /// Writes everything into the one file and closes it.
    pub(crate) async fn close(&self) {
        // SQLite folds its log into the file when the last connection closes.
        self.reads.close().await;
        self.writes.close().await;
    }

    /// Whether the database answers.
    pub(crate) async fn check(&self) -> Result<(), StoreError> {
        self.setting("schema").await.map(drop)
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        migrations::run(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Begins by taking SQLite's write lock, so that nothing read in the transaction can be outdated.
    async fn begin(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.writes.begin_with("BEGIN IMMEDIATE").await
    }
}

fn readers(options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(options.read_only(true))
}

fn file_of(url: &str) -> Result<PathBuf, StoreError> {
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
