//! Brings a database into the form that this build writes.
//!
//! In comes a database that is new or that any earlier build made; a database that a newer build has changed is
//! refused. Each file in `migrations/` is run once, in order, and all that are due in one transaction. If one fails,
//! the database stays as it was. Before the transaction, the database is copied. A file that has been in a release is
//! never changed.

use super::{SqliteError, beside};
use sqlx::SqliteConnection;
use sqlx::migrate::{MigrateError, Migrator};
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// The files of `migrations/`.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// The known values of the setting `schema`: 1 before there were migrations, 2 since then.
const FORMS: [&str; 2] = ["1", "2"];

/// Runs the migrations that are due. `connection` is in a transaction that holds the write lock, so if two collectors
/// start at once, the second finds everything done.
pub(super) async fn run(connection: &mut SqliteConnection) -> Result<(), SqliteError> {
    match form(connection).await? {
        Some(found) if !FORMS.contains(&found.as_str()) => return Err(SqliteError::Form { found }),
        _ => {}
    }
    MIGRATIONS.run_direct(None, connection, false).await.map_err(refused)
}

/// Copies a database that is about to be changed, unless the copy exists: `puls.db.before-13` is `puls.db` as it was
/// before migration 13.
pub(super) async fn keep_copy(connection: &mut SqliteConnection, file: &Path) -> Result<(), SqliteError> {
    let Some(first_due) = first_due(connection).await? else { return Ok(()) };
    let copy = beside(file, &format!(".before-{first_due}"));
    if copy.exists() {
        return Ok(());
    }
    // The copy is first made under a name that nobody else uses. So nobody finds half a copy, nor one that was made
    // after another collector's changes.
    let mut bits = [0; 8];
    getrandom::fill(&mut bits)
        .map_err(|error| io::Error::other(error.to_string()))
        .map_err(sqlx::Error::from)?;
    let part = beside(file, &format!(".copy-{:016x}", u64::from_ne_bytes(bits)));
    sqlx::query("VACUUM INTO $1").bind(part.to_string_lossy()).execute(connection).await?;
    let linked = fs::hard_link(&part, &copy);
    fs::remove_file(&part).map_err(sqlx::Error::from)?;
    match linked {
        Err(error) if !copy.exists() => return Err(sqlx::Error::Io(error).into()),
        _ => {}
    }
    tracing::info!("bringing the database up to date; {} is a copy of it as it was", copy.display());
    Ok(())
}

/// The first migration that is due; `None` if the database is empty, or a newer build has changed it.
async fn first_due(connection: &mut SqliteConnection) -> Result<Option<i64>, SqliteError> {
    match form(connection).await? {
        Some(form) if FORMS.contains(&form.as_str()) => {}
        _ => return Ok(None),
    }
    let seen: BTreeSet<i64> = if has_table(connection, "_sqlx_migrations").await? {
        let seen = sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(connection).await?;
        seen.into_iter().collect()
    } else {
        BTreeSet::new()
    };
    let known: BTreeSet<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    let is_newer = seen.difference(&known).next().is_some();
    Ok(known.difference(&seen).next().copied().filter(|_| !is_newer))
}

async fn has_table(connection: &mut SqliteConnection, name: &str) -> Result<bool, SqliteError> {
    let tables = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = $1");
    let tables: i64 = tables.bind(name).fetch_one(connection).await?;
    Ok(tables > 0)
}

/// The setting `schema`; `None` if there are no tables yet.
async fn form(connection: &mut SqliteConnection) -> Result<Option<String>, SqliteError> {
    if !has_table(connection, "settings").await? {
        return Ok(None);
    }
    let form = sqlx::query_scalar("SELECT value FROM settings WHERE name = 'schema'");
    Ok(form.fetch_optional(connection).await?)
}

fn refused(error: MigrateError) -> SqliteError {
    match error {
        MigrateError::VersionMissing(found) => {
            let newest = MIGRATIONS.iter().map(|migration| migration.version).max();
            SqliteError::Newer { found, newest: newest.unwrap_or(0) }
        }
        other => SqliteError::Migration(other),
    }
}
