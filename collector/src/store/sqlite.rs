//! A store in one SQLite file, with the tables of `migrations/`.
//!
//! Each release is added in one transaction. Writes queue for [one connection](writer); readers never wait for them.

mod definitions;
mod error;
mod files;
mod generations;
mod holdings;
mod imports;
mod migrations;
mod publishing;
mod releases;
mod revisions;
#[cfg(feature = "sealed")]
mod sealed_sums;
mod settings;
mod sums;
mod voiding;
mod writer;

pub use error::SqliteError;

#[cfg(feature = "sealed")]
use super::Sums;
use super::{
    Added, Due, Extent, Held, Import, Imports, Revision, Selection, Store, StoreError, StoredDefinition,
};
use async_trait::async_trait;
use puls_analysis::disclosure::Holdings;
use puls_analysis::received::Received;
use puls_core::wave::Day;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;
use writer::Place;

const READERS: u32 = 4;

/// How long a statement waits for a lock that another program holds.
const PATIENCE: Duration = Duration::from_secs(5);

/// The free space on the disk below which the collector isn't ready: enough for some releases.
const LEAST_ROOM_BYTES: u64 = 128 << 10;

/// A database in a file.
#[derive(Clone)]
pub(super) struct Sqlite {
    file: Arc<Path>,
    options: SqliteConnectOptions,
    writer: Arc<Mutex<Place>>,
    readers: Arc<RwLock<SqlitePool>>,
    /// The definitions that were read last. A database that replaces this one while it is open has to get them as well.
    remembered: Arc<Mutex<Vec<StoredDefinition>>>,
}

impl Sqlite {
    /// Opens `sqlite:FILE`, and creates the file if it doesn't exist.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let database = Self::of(file_of(url)?);
        database.make().await?;
        Ok(database.opened().await?)
    }

    /// Opens `sqlite:FILE`, which has to exist.
    pub(super) async fn open_existing(url: &str) -> Result<Self, StoreError> {
        Ok(Self::of(file_of(url)?).opened().await?)
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

    /// Creates the file if it doesn't exist.
    async fn make(&self) -> Result<(), SqliteError> {
        let made = self.options.clone().create_if_missing(true).connect().await;
        Ok(made.map_err(|cause| self.cannot_open(cause))?.close().await?)
    }

    /// Opens the file and brings the database up to date, in its first transaction.
    async fn opened(self) -> Result<Self, SqliteError> {
        // If the file is a link, SQLite puts its log beside the file that the link leads to.
        let file = fs::canonicalize(&self.file).unwrap_or_else(|_| self.file.to_path_buf());
        let database = Self::of(file);
        let mut first = database.begin().await?;
        // This statement finds out whether the file can be written. It is rolled back.
        sqlx::query("UPDATE settings SET value = value").execute(&mut *first).await?;
        first.give_back().await?;
        Ok(database)
    }

    /// Checks that at least `least` bytes are free on the disk.
    fn check_room(&self, least: u64) -> Result<(), SqliteError> {
        let folder = self.file.parent().filter(|folder| *folder != "").unwrap_or(Path::new("."));
        let free = fs4::available_space(folder).map_err(sqlx::Error::from)?;
        if free < least {
            return Err(SqliteError::Room { file: self.file.to_path_buf(), free, least });
        }
        Ok(())
    }

    /// The pool of connections that read.
    fn reads(&self) -> SqlitePool {
        self.readers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the readers by new ones, which open the file that lies at the path now.
    fn renew_readers(&self) {
        *self.readers.write().unwrap_or_else(PoisonError::into_inner) = readers(&self.options);
    }

    fn cannot_open(&self, cause: sqlx::Error) -> SqliteError {
        SqliteError::Open { file: self.file.to_path_buf(), cause }
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn add(&self, release: &Received) -> Result<Added, StoreError> {
        Ok(releases::add(self, release).await?)
    }

    async fn add_sample(&self, releases: &[Received], today: Day) -> Result<Vec<Added>, StoreError> {
        Ok(releases::add_sample(self, releases, today).await?)
    }

    #[cfg(feature = "sealed")]
    async fn add_sums(&self, sums: &Received, today: Day) -> Result<Added, StoreError> {
        Ok(sealed_sums::add(self, sums, today).await?)
    }

    #[cfg(feature = "sealed")]
    async fn has_sums(&self, sums: &Sums<'_>) -> Result<bool, StoreError> {
        Ok(sealed_sums::has(self, sums).await?)
    }

    async fn holdings(&self, selection: &Selection<'_>) -> Result<Holdings, StoreError> {
        Ok(holdings::snapshot(self, selection).await?)
    }

    async fn publish(&self, selection: &Selection<'_>, due: Due<'_>) -> Result<(), StoreError> {
        Ok(publishing::publish(self, selection, due).await?)
    }

    async fn held(&self, extent: &Extent) -> Result<Vec<Held>, StoreError> {
        Ok(voiding::held(&mut *self.reads().acquire().await.map_err(SqliteError::from)?, extent).await?)
    }

    async fn void(&self, extent: &Extent, today: Day, reason: &str) -> Result<Vec<Held>, StoreError> {
        Ok(voiding::void(self, extent, today, reason).await?)
    }

    async fn revisions(&self, survey: &str) -> Result<Vec<Revision>, StoreError> {
        Ok(revisions::of(self, survey).await?)
    }

    async fn generation(&self, survey: &str) -> Result<u64, StoreError> {
        Ok(generations::of(self, survey).await?)
    }

    async fn definitions(&self) -> Result<Vec<StoredDefinition>, StoreError> {
        Ok(definitions::all(self).await?)
    }

    async fn keep_definitions(&self, definitions: &[StoredDefinition]) -> Result<(), StoreError> {
        Ok(definitions::keep(self, definitions).await?)
    }

    async fn files(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        Ok(files::all(self).await?)
    }

    async fn keep_files(&self, files: &[(&str, &[u8])], today: Day) -> Result<(), StoreError> {
        Ok(files::keep(self, files, today).await?)
    }

    async fn imports(&self) -> Result<Imports, StoreError> {
        Ok(imports::all(self).await?)
    }

    async fn import(&self, import: &Import) -> Result<(), StoreError> {
        Ok(imports::add(self, import).await?)
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(settings::get(self, name).await?)
    }

    async fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        Ok(settings::set(self, name, value).await?)
    }

    async fn check(&self) -> Result<(), StoreError> {
        Ok(settings::get(self, "schema").await.map(drop)?)
    }

    /// Checks that there is room for a release, and that nobody else holds the write lock.
    async fn check_ready(&self) -> Result<(), StoreError> {
        self.check_room(LEAST_ROOM_BYTES)?;
        Ok(self.begin().await?.give_back().await?)
    }

    /// Writes everything into the database's file and closes it.
    async fn close(&self) {
        // SQLite writes its log into the file when the last connection closes.
        self.reads().close().await;
        self.close_writer().await;
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
    // A database in memory would be a separate one for each connection, and lost at a restart.
    match file.filter(|file| !file.is_empty() && !file.starts_with(':')) {
        Some(file) => Ok(file.into()),
        None => Err(StoreError::Url { url: url.to_owned() }),
    }
}

/// The path of a file with a suffix after its name.
fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut path = file.to_path_buf().into_os_string();
    path.push(suffix);
    path.into()
}

/// A count as a signed integer, the only kind that SQL has.
fn to_sql(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A day from its number since 1970, as it is stored.
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
