//! Why the database can't be used, and what an operator can do about it.

use crate::store::shape::OtherCells;
use sqlx::migrate::MigrateError;
use std::path::PathBuf;

/// Why a SQLite database can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SqliteError {
    /// The file can't be opened.
    #[error("can't open the database {}: {cause}{}", file.display(), advice(cause))]
    Open {
        /// The database's file.
        file: PathBuf,
        /// What SQLite answered.
        cause: sqlx::Error,
    },
    /// A later build made the file, and that build keeps track of migrations in another way.
    #[error(
        "the database has the form {found}, which this collector doesn't know: use the collector that made it, or a newer one"
    )]
    Form {
        /// The form in the file.
        found: String,
    },
    /// A later build has changed the file.
    #[error(
        "a newer collector has changed the database (migration {found}; this collector knows those up to {newest}): \
         use that collector, or a newer one"
    )]
    Newer {
        /// The first migration in the file that this build doesn't know.
        found: i64,
        /// The last migration that it knows.
        newest: i64,
    },
    /// A migration failed.
    #[error("the database can't be brought up to date, and is unchanged: {0}")]
    Migration(MigrateError),
    /// Another program has changed the totals.
    #[error(transparent)]
    Cells(#[from] OtherCells),
    /// The database's file is gone.
    #[error(
        "the database {} is gone: put the file back, or move its -wal and -shm files away too and restart the collector, \
         which then begins with an empty database",
        file.display()
    )]
    Gone {
        /// The path where it was.
        file: PathBuf,
    },
    /// Another file has replaced the database's.
    #[error(
        "the database {} was replaced while the collector had it open; the next release opens the new file",
        file.display()
    )]
    Replaced {
        /// The path where it was.
        file: PathBuf,
    },
    /// The disk is nearly full.
    #[error(
        "the disk of the database {} has {free} bytes left, but the collector needs {least}: make room on it",
        file.display()
    )]
    Room {
        /// The database's file.
        file: PathBuf,
        /// How many bytes are left.
        free: u64,
        /// How many the collector needs.
        least: u64,
    },
    /// A statement failed.
    #[error("the database failed: {0}{advice}", advice = advice(.0))]
    Statement(#[from] sqlx::Error),
}

impl SqliteError {
    /// Whether the same call may succeed later, without a restart of the collector.
    pub(in crate::store) fn may_pass(&self) -> bool {
        match self {
            // All connections are in use, or another file is being opened.
            Self::Statement(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => true,
            Self::Open { cause, .. } | Self::Statement(cause) => {
                Trouble::of(cause).is_some_and(|trouble| trouble != Trouble::Damaged)
            }
            Self::Gone { .. } | Self::Replaced { .. } | Self::Room { .. } => true,
            _ => false,
        }
    }
}

/// A reason why SQLite doesn't work, as far as an operator can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Full,
    ReadOnly,
    Locked,
    Damaged,
    Disk,
}

impl Trouble {
    /// Finds the reason by [SQLite's primary result codes](https://www.sqlite.org/rescode.html).
    fn of(error: &sqlx::Error) -> Option<Self> {
        let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
        match code & 0xff {
            5 | 6 => Some(Self::Locked),
            8 => Some(Self::ReadOnly),
            3 | 10 | 14 => Some(Self::Disk),
            11 | 26 => Some(Self::Damaged),
            13 => Some(Self::Full),
            _ => None,
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Full => "make room on its disk; until then, browsers keep their releases and try again",
            Self::ReadOnly => {
                "the collector can't write to its file, folder or file system: let the collector's user write there"
            }
            Self::Locked => {
                "another program has locked it: end that program's transaction, and make sure that only one collector uses the database"
            }
            Self::Damaged => {
                "its file is damaged, or isn't a database: stop the collector, move the file away together with its -wal and -shm files, and put a copy of the database in its place"
            }
            Self::Disk => {
                "its file or disk can't be used: look at the system's log, at the free space, and at who may open the file"
            }
        }
    }
}

/// What to do about a cause, to be written after it.
fn advice(cause: &sqlx::Error) -> String {
    Trouble::of(cause).map_or(String::new(), |trouble| format!("; {}", trouble.advice()))
}
