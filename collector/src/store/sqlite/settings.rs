use super::{Sqlite, SqliteError};
use sqlx::SqliteConnection;

pub(super) async fn get(database: &Sqlite, name: &str) -> Result<Option<String>, SqliteError> {
    let found = sqlx::query_scalar("SELECT value FROM settings WHERE name = $1").bind(name);
    Ok(found.fetch_optional(&database.reads()).await?)
}

pub(super) async fn set(database: &Sqlite, name: &str, value: &str) -> Result<(), SqliteError> {
    let mut transaction = database.begin().await?;
    put(&mut transaction, name, value).await?;
    transaction.commit().await
}

/// Makes or changes a setting as part of a transaction.
pub(super) async fn put(
    connection: &mut SqliteConnection,
    name: &str,
    value: &str,
) -> Result<(), SqliteError> {
    let statement = sqlx::query(
        "INSERT INTO settings (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    );
    statement.bind(name).bind(value).execute(connection).await?;
    Ok(())
}
