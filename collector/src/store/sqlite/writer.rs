//! The one connection that writes.
//!
//! SQLite takes one writer at a time, so all writes queue for a connection, in order. It comes back to its place only when its
//! transaction has been ended on purpose. One that failed may have been rolled back by SQLite itself (when the disk is full), and one
//! that was given up may still be on its way: their connection is closed, and the next write opens another one.
//!
//! The file may be replaced meanwhile. Nothing says so, and what is written goes into a file that nobody finds again. So each commit looks at
//! which file lies there, and what isn't in that one has failed.

use super::{Sqlite, SqliteError, beside, definitions, migrations};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use tokio::sync::OwnedMutexGuard;

/// Where the connection waits for the next write.
#[derive(Default)]
pub(super) struct Place {
    connection: Option<SqliteConnection>,
    /// The file that was opened last, and its log.
    file: Option<FileId>,
    log: Option<FileId>,
}

/// A transaction that holds the write lock, so that nothing read in it can be outdated. Dropped, it is rolled back.
pub(super) struct Writing {
    connection: SqliteConnection,
    place: OwnedMutexGuard<Place>,
    file: Arc<Path>,
}

impl Sqlite {
    /// Begins a transaction when it is its turn.
    pub(super) async fn begin(&self) -> Result<Writing, SqliteError> {
        let mut place = Arc::clone(&self.writer).lock_owned().await;
        let database = self.clone();
        // Whoever waits for it may give up, and another file isn't opened by halves.
        let opening = tokio::spawn(async move {
            let connection = database.connection(&mut place).await;
            (place, connection)
        });
        let (place, connection) = opening.await.map_err(io::Error::from).map_err(sqlx::Error::from)?;
        let mut connection = connection?;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await?;
        Ok(Writing { connection, place, file: Arc::clone(&self.file) })
    }

    /// The connection that waits, if it is to the file that lies there, or a new one.
    async fn connection(&self, place: &mut Place) -> Result<SqliteConnection, SqliteError> {
        let file = FileId::of(&self.file).ok();
        if place.file.is_some() && file.is_none() {
            return Err(SqliteError::Gone { file: self.file.to_path_buf() });
        }
        let is_another = place.file.is_some() && place.file != file;
        if is_another {
            tracing::warn!("the database {} was replaced, and is opened anew", self.file.display());
            self.leave(place).await;
        }
        if let Some(connection) = place.connection.take() {
            return Ok(connection);
        }
        let mut connection = self.connect().await?;
        if is_another {
            definitions::add_missing(self, &mut connection).await?;
        }
        (place.file, place.log) = (file, FileId::of(&self.log()).ok());
        Ok(connection)
    }

    /// Closes everything that is open to a file that was replaced, with all that has been written in that file.
    async fn leave(&self, place: &mut Place) {
        self.reads().close().await;
        let is_folded = match place.connection.take() {
            Some(connection) => fold_and_close(connection).await,
            None => false,
        };
        // The log goes by the name of the file, and would be taken for that of the one that lies there now. Another program may have made
        // that one's already.
        let log = self.log();
        if place.log.is_some() && FileId::of(&log).ok() == place.log {
            let removed = if is_folded {
                fs::remove_file(&log)
            } else {
                fs::rename(&log, beside(&self.file, ".left-wal"))
            };
            if let Err(error) = removed {
                tracing::error!("can't take {} away: {error}", log.display());
            }
            let _ = fs::remove_file(beside(&self.file, "-shm"));
        }
        place.log = None;
        self.renew_readers();
    }

    /// Closes what there is, so that everything stands in the one file.
    pub(super) async fn close_writer(&self) {
        let mut place = self.writer.lock().await;
        if place.file.is_some() && place.file != FileId::of(&self.file).ok() {
            return self.leave(&mut place).await;
        }
        // Those that read can't fold the log in, so there has to be one that writes.
        if place.connection.is_none() && place.file.is_some() {
            place.connection = self.connect().await.ok();
        }
        if let Some(connection) = place.connection.take() {
            close(connection).await;
        }
    }

    /// SQLite's log, which holds what was committed lately.
    fn log(&self) -> PathBuf {
        beside(&self.file, "-wal")
    }

    /// Opens the file, and brings it up to date.
    async fn connect(&self) -> Result<SqliteConnection, SqliteError> {
        let opened = self.options.connect().await;
        let mut connection = opened.map_err(|cause| self.cannot_open(cause))?;
        migrations::keep_copy(&mut connection, &self.file).await?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        migrations::run(&mut transaction).await?;
        transaction.commit().await?;
        Ok(connection)
    }
}

impl Writing {
    /// Has all of it on disk when it returns.
    pub(super) async fn commit(mut self) -> Result<(), SqliteError> {
        sqlx::query("COMMIT").execute(&mut self.connection).await?;
        // The next write leaves a file that was replaced in order.
        self.place.connection = Some(self.connection);
        if FileId::of(&self.file).ok() == self.place.file {
            Ok(())
        } else {
            Err(SqliteError::Replaced { file: self.file.to_path_buf() })
        }
    }

    /// Ends it without having changed anything.
    pub(super) async fn give_back(mut self) -> Result<(), SqliteError> {
        sqlx::query("ROLLBACK").execute(&mut self.connection).await?;
        self.place.connection = Some(self.connection);
        Ok(())
    }
}

impl Deref for Writing {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

/// Writes the log into the file, wherever that is by now: on closing, SQLite leaves that out where the file was moved. Says whether it is done.
async fn fold_and_close(mut connection: SqliteConnection) -> bool {
    let folded =
        sqlx::query_scalar::<_, i64>("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await;
    close(connection).await;
    folded.is_ok_and(|is_busy| is_busy == 0)
}

async fn close(connection: SqliteConnection) {
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "a connection to the database wasn't closed in order");
    }
}

/// Which file it is, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId {
    device: u64,
    number: u64,
}

impl FileId {
    /// Looks without opening it: whoever closes a file gives back the locks that SQLite has on it.
    #[cfg(unix)]
    fn of(file: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        let found = file.metadata()?;
        Ok(Self { device: found.dev(), number: found.ino() })
    }

    /// A file that is open can't be replaced here.
    #[cfg(not(unix))]
    fn of(file: &Path) -> io::Result<Self> {
        file.metadata().map(|_| Self { device: 0, number: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings;
    use super::*;

    #[tokio::test]
    async fn what_is_written_into_a_file_that_was_replaced_meanwhile_has_failed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("puls.db");
        let database = Sqlite::open(&format!("sqlite:{}", file.display())).await.unwrap();
        let copy = folder.path().join("copy.db");
        fs::copy(&file, &copy).unwrap();
        let mut writing = database.begin().await.unwrap();
        sqlx::query("INSERT INTO settings VALUES ('a', 'b')").execute(&mut *writing).await.unwrap();
        fs::rename(&copy, &file).unwrap();
        assert!(matches!(writing.commit().await, Err(SqliteError::Replaced { .. })));
        settings::set(&database, "a", "c").await.unwrap();
        assert_eq!(settings::get(&database, "a").await.unwrap().as_deref(), Some("c"));
    }

    #[tokio::test]
    async fn a_connection_whose_transaction_failed_is_not_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let database =
            Sqlite::open(&format!("sqlite:{}", folder.path().join("puls.db").display())).await.unwrap();
        let mut writing = database.begin().await.unwrap();
        // Of this connection alone.
        sqlx::query("PRAGMA cache_size = 7").execute(&mut *writing).await.unwrap();
        let failed = sqlx::query("ROLLBACK AND NOTHING").execute(&mut *writing).await;
        failed.unwrap_err();
        drop(writing);
        let mut next = database.begin().await.unwrap();
        let size: i64 = sqlx::query_scalar("PRAGMA cache_size").fetch_one(&mut *next).await.unwrap();
        assert_ne!(size, 7);
        next.give_back().await.unwrap();
    }
}
