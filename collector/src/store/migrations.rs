//! Brings a database into the form that this build writes.
//!
//! In comes a database that is new, or that any earlier build made; what a newer build made is refused. The files in
//! `migrations/` are run in their order, each once, and all that are due in one transaction: whichever fails, the database
//! stays as it was. A file that has been in a release is never changed.

use super::StoreError;
use sqlx::SqliteConnection;
use sqlx::migrate::{MigrateError, Migrator};

/// The files of `migrations/`.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// What the setting `schema` says: 1 before there were migrations, 2 since then.
const FORMS: [&str; 2] = ["1", "2"];

/// Runs what hasn't been run yet. `connection` is in a transaction that holds the write lock, so that of two collectors that
/// start at once the second finds everything done.
pub(super) async fn run(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    match form(connection).await? {
        Some(found) if !FORMS.contains(&found.as_str()) => return Err(StoreError::Form { found }),
        _ => {}
    }
    MIGRATIONS.run_direct(None, connection, false).await.map_err(refused)
}

/// The setting `schema`; none where there are no tables yet.
async fn form(connection: &mut SqliteConnection) -> Result<Option<String>, StoreError> {
    let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'settings'";
    let tables: i64 = sqlx::query_scalar(tables).fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(None);
    }
    let form = sqlx::query_scalar("SELECT value FROM settings WHERE name = 'schema'");
    Ok(form.fetch_optional(connection).await?)
}

fn refused(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(found) => {
            let newest = MIGRATIONS.iter().map(|migration| migration.version).max();
            StoreError::Newer { found, newest: newest.unwrap_or(0) }
        }
        other => StoreError::Migration(other),
    }
}
