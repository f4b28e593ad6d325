//! Keeps the files that browsers fetch, of this build and of earlier ones.

use super::{Sqlite, SqliteError};
use puls_core::wave::Day;
use std::collections::BTreeSet;

/// How long a build's files are kept after another build has replaced it.
const KEPT_DAYS: i32 = 7;

/// How many bytes have to be free for each byte of a file: it goes through SQLite's log into the database, and other
/// data needs room too.
const ROOM_FOR_EACH_BYTE: u64 = 4;

pub(super) async fn keep(database: &Sqlite, files: &[(&str, &[u8])], today: Day) -> Result<(), SqliteError> {
    let bytes: u64 = files.iter().map(|(_, content)| content.len() as u64).sum();
    database.check_room(bytes * ROOM_FOR_EACH_BYTE)?;
    let today = today.days_since_1970();
    let mut transaction = database.begin().await?;
    let gone = sqlx::query("DELETE FROM files WHERE replaced_on < $1").bind(today - KEPT_DAYS);
    gone.execute(&mut *transaction).await?;
    let stored = sqlx::query_scalar("SELECT path FROM files").fetch_all(&mut *transaction).await?;
    let mut earlier: BTreeSet<String> = stored.into_iter().collect();
    for (path, content) in files {
        // The file at a path never changes, since the path has its hash.
        let statement = if earlier.remove(*path) {
            sqlx::query("UPDATE files SET replaced_on = NULL WHERE path = $1").bind(path)
        } else {
            sqlx::query("INSERT INTO files (path, content) VALUES ($1, $2)").bind(path).bind(content)
        };
        statement.execute(&mut *transaction).await?;
    }
    for path in &earlier {
        let replaced =
            sqlx::query("UPDATE files SET replaced_on = COALESCE(replaced_on, $2) WHERE path = $1");
        replaced.bind(path).bind(today).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

pub(super) async fn all(database: &Sqlite) -> Result<Vec<(String, Vec<u8>)>, SqliteError> {
    let files = sqlx::query_as("SELECT path, content FROM files");
    Ok(files.fetch_all(&database.reads()).await?)
}
