use super::sqlite::SqliteError;

/// The store can't be used.
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
    /// SQLite can't be used.
    #[error(transparent)]
    Sqlite(#[from] SqliteError),
}

impl StoreError {
    /// Whether the same may succeed later, without anybody starting the collector again.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Postgres | Self::Url { .. } => false,
            Self::Sqlite(error) => error.may_pass(),
        }
    }
}
