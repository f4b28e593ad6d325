use super::sqlite::SqliteError;

/// Why the store can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// PostgreSQL isn't supported yet.
    #[error("PostgreSQL is not supported yet; use sqlite:FILE")]
    Postgres,
    /// The URL isn't one of a database in a file.
    #[error("database {url:?} is unknown; use sqlite:FILE, such as sqlite:puls.db")]
    Url {
        /// The URL.
        url: String,
    },
    /// SQLite can't be used.
    #[error(transparent)]
    Sqlite(#[from] SqliteError),
}

impl StoreError {
    /// Whether the same call may succeed later, without a restart of the collector.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Postgres | Self::Url { .. } => false,
            Self::Sqlite(error) => error.may_pass(),
        }
    }
}
