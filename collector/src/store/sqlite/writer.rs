//! The connection that writes, of which there is one.
//!
//! SQLite takes one writer at a time, so all writes queue for one connection. A write puts the connection back only
//! after it has ended its transaction on purpose. SQLite itself may have rolled back a transaction that failed (as when
//! the disk is full), and one that was abandoned may still be running. In both cases the connection is closed, and the
//! next write opens another one.
//!
//! The file may be replaced while it is open. SQLite doesn't notice, and writes into a file that nobody can find any
//! more. So after each commit, the writer checks which file lies at the path; if it is another one, the write has
//! failed.

use super::{Sqlite, SqliteError, beside, definitions, migrations};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use tokio::sync::OwnedMutexGuard;

/// The place where the connection waits for the next write.
#[derive(Default)]
pub(super) struct Place {
    connection: Option<SqliteConnection>,
    /// The file that was opened last.
    file: Option<FileId>,
    /// Its log.
    log: Option<FileId>,
}

/// A transaction that holds the write lock, so nothing that it reads can be out of date. If it is dropped, it is rolled
/// back.
pub(super) struct Writing {
    connection: SqliteConnection,
    place: OwnedMutexGuard<Place>,
    file: Arc<Path>,
}

impl Sqlite {
    /// Waits for its turn and begins a transaction.
    pub(super) async fn begin(&self) -> Result<Writing, SqliteError> {
        let mut place = Arc::clone(&self.writer).lock_owned().await;
        let database = self.clone();
        // The caller may be dropped while it waits, but opening another file mustn't stop halfway.
        let opening = tokio::spawn(async move {
            let connection = database.connection(&mut place).await;
            (place, connection)
        });
        let (place, connection) = opening.await.map_err(io::Error::from).map_err(sqlx::Error::from)?;
        let mut connection = connection?;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await?;
        Ok(Writing { connection, place, file: Arc::clone(&self.file) })
    }

    /// The waiting connection, if it has the file at the path open; otherwise a new one.
    async fn connection(&self, place: &mut Place) -> Result<SqliteConnection, SqliteError> {
        let file = FileId::of(&self.file).ok();
        if place.file.is_some() && file.is_none() {
            return Err(SqliteError::Gone { file: self.file.to_path_buf() });
        }
        let is_another = place.file.is_some() && place.file != file;
        if is_another {
            tracing::warn!("the database {} was replaced; opening the new file", self.file.display());
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

    /// Closes all connections to a file that was replaced, after writing everything into that file.
    async fn leave(&self, place: &mut Place) {
        self.reads().close().await;
        let is_folded = match place.connection.take() {
            Some(connection) => fold_and_close(connection).await,
            None => false,
        };
        // SQLite finds the log by the file's name, and would take the old log for the new file's. Another program may
        // have replaced the log already.
        let log = self.log();
        if place.log.is_some() && FileId::of(&log).ok() == place.log {
            let removed = if is_folded {
                fs::remove_file(&log)
            } else {
                fs::rename(&log, beside(&self.file, ".left-wal"))
            };
            if let Err(error) = removed {
                tracing::error!(
                    "can't move the replaced database's log {} away, so stop the collector and remove it: {error}",
                    log.display()
                );
            }
            let _ = fs::remove_file(beside(&self.file, "-shm"));
        }
        place.log = None;
        self.renew_readers();
    }

    /// Closes the connection, so that everything stands in the database's file.
    pub(super) async fn close_writer(&self) {
        let mut place = self.writer.lock().await;
        if place.file.is_some() && place.file != FileId::of(&self.file).ok() {
            return self.leave(&mut place).await;
        }
        // A reading connection can't write the log into the file, so there has to be one that writes.
        if place.connection.is_none() && place.file.is_some() {
            place.connection = self.connect().await.ok();
        }
        if let Some(connection) = place.connection.take() {
            close(connection).await;
        }
    }

    /// SQLite's log, which has the latest commits.
    fn log(&self) -> PathBuf {
        beside(&self.file, "-wal")
    }

    /// Opens the file and brings it up to date.
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
    /// Commits the transaction; when it returns, everything is on disk.
    pub(super) async fn commit(mut self) -> Result<(), SqliteError> {
        sqlx::query("COMMIT").execute(&mut self.connection).await?;
        // If the file was replaced, the next write closes it in order.
        self.place.connection = Some(self.connection);
        if FileId::of(&self.file).ok() == self.place.file {
            Ok(())
        } else {
            Err(SqliteError::Replaced { file: self.file.to_path_buf() })
        }
    }

    /// Ends the transaction without changes.
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

/// Writes the log into the file, wherever the file is by now, and says whether it succeeded. When it closes a file that
/// was moved, SQLite doesn't do this by itself.
async fn fold_and_close(mut connection: SqliteConnection) -> bool {
    let folded =
        sqlx::query_scalar::<_, i64>("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await;
    close(connection).await;
    folded.is_ok_and(|is_busy| is_busy == 0)
}

async fn close(connection: SqliteConnection) {
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "a connection to the database couldn't be closed in order");
    }
}

/// Identifies a file, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId {
    device: u64,
    number: u64,
}

impl FileId {
    /// Reads the id without opening the file, since closing it would release SQLite's locks on it.
    #[cfg(unix)]
    fn of(file: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        let found = file.metadata()?;
        Ok(Self { device: found.dev(), number: found.ino() })
    }

    /// On this system, an open file can't be replaced.
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
        // This setting belongs to this connection alone.
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
