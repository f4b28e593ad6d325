//! Why the database can't be used, and what somebody can do about it.

use crate::store::shape::OtherCells;
use sqlx::migrate::MigrateError;
use std::path::PathBuf;

/// A database in a file can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SqliteError {
    /// The file can't be opened.
    #[error("can't open the database {}: {cause}{}", file.display(), advice(cause))]
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
    #[error(transparent)]
    Cells(#[from] OtherCells),
    /// There is no file any more where the database was.
    #[error(
        "the database {} is gone: put it back; or move -wal and -shm away as well, and start the collector again, which begins with an empty one",
        file.display()
    )]
    Gone {
        /// Where it was.
        file: PathBuf,
    },
    /// Another file lies where the database was.
    #[error(
        "the database {} was replaced while the collector had it open; what lies there now is opened with the next release",
        file.display()
    )]
    Replaced {
        /// Where it was.
        file: PathBuf,
    },
    /// The disk is nearly full.
    #[error(
        "the disk of the database {} has {free} bytes left, and {least} are wanted: make room on it",
        file.display()
    )]
    Room {
        /// The database's file.
        file: PathBuf,
        /// How many bytes are left.
        free: u64,
        /// How many there have to be.
        least: u64,
    },
    /// A statement failed.
    #[error("the database failed: {0}{advice}", advice = advice(.0))]
    Statement(#[from] sqlx::Error),
}

impl SqliteError {
    /// Whether the same may succeed later, without anybody starting the collector again.
    pub(in crate::store) fn may_pass(&self) -> bool {
        match self {
            // Every connection is in use, or another file is being opened.
            Self::Statement(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => true,
            Self::Open { cause, .. } | Self::Statement(cause) => {
                Trouble::of(cause).is_some_and(|trouble| trouble != Trouble::Damaged)
            }
            Self::Gone { .. } | Self::Replaced { .. } | Self::Room { .. } => true,
            _ => false,
        }
    }
}

/// What keeps SQLite from working, as far as an operator can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Full,
    ReadOnly,
    Locked,
    Damaged,
    Disk,
}

impl Trouble {
    /// Goes by [SQLite's primary result codes](https://www.sqlite.org/rescode.html).
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
            Self::Full => "make room on its disk; until then browsers keep their releases and try again",
            Self::ReadOnly => {
                "its file, folder or file system can't be written: let the collector's user write there"
            }
            Self::Locked => {
                "another program holds its lock: end that program's transaction, and see that only one collector has the database"
            }
            Self::Damaged => {
                "its file is damaged, or no database: stop the collector, move the file away together with -wal and -shm, and put a copy of the database in its place"
            }
            Self::Disk => {
                "its file or the disk below can't be used: look at the system's log, at free space, and at who may open the file"
            }
        }
    }
}

/// What to do, behind the cause.
fn advice(cause: &sqlx::Error) -> String {
    Trouble::of(cause).map_or(String::new(), |trouble| format!("; {}", trouble.advice()))
}
