use super::{Sqlite, SqliteError, day_from_sql};
use crate::store::StoredDefinition;
use sqlx::SqliteConnection;

#[derive(sqlx::FromRow)]
struct Row {
    survey: String,
    version: i64,
    json: String,
    first_served: Option<i64>,
}

impl From<Row> for StoredDefinition {
    fn from(Row { survey, version, json, first_served }: Row) -> Self {
        // A definition's version always fits.
        let version = u32::try_from(version).unwrap_or(u32::MAX);
        Self { survey, version, json, first_served: first_served.map(day_from_sql) }
    }
}

pub(super) async fn all(database: &Sqlite) -> Result<Vec<StoredDefinition>, SqliteError> {
    let all = sqlx::query_as(
        "SELECT survey, version, json, first_served FROM definitions ORDER BY survey, version",
    );
    let all: Vec<Row> = all.fetch_all(&database.reads()).await?;
    let all: Vec<StoredDefinition> = all.into_iter().map(StoredDefinition::from).collect();
    database.remembered.lock().await.clone_from(&all);
    Ok(all)
}

pub(super) async fn keep(database: &Sqlite, definitions: &[StoredDefinition]) -> Result<(), SqliteError> {
    let mut transaction = database.begin().await?;
    for definition in definitions {
        // The earlier day wins, since a day in the future came from a wrong clock. An unknown day (NULL) stays unknown.
        let statement =
            "INSERT INTO definitions (survey, version, json, first_served) VALUES ($1, $2, $3, $4)
             ON CONFLICT (survey, version) DO UPDATE SET
                 json = excluded.json,
                 first_served = MIN(definitions.first_served, excluded.first_served)";
        execute(&mut transaction, statement, definition).await?;
    }
    transaction.commit().await
}

/// Adds the definitions that are missing in a database that has replaced another one, since releases of them still
/// arrive.
pub(super) async fn add_missing(
    database: &Sqlite,
    connection: &mut SqliteConnection,
) -> Result<(), SqliteError> {
    for definition in database.remembered.lock().await.iter() {
        let statement =
            "INSERT INTO definitions (survey, version, json, first_served) VALUES ($1, $2, $3, $4)
             ON CONFLICT (survey, version) DO NOTHING";
        execute(connection, statement, definition).await?;
    }
    Ok(())
}

async fn execute(
    connection: &mut SqliteConnection,
    statement: &'static str,
    StoredDefinition { survey, version, json, first_served }: &StoredDefinition,
) -> Result<(), SqliteError> {
    let statement = sqlx::query(statement).bind(survey).bind(i64::from(*version)).bind(json);
    statement.bind(first_served.map(|day| i64::from(day.days_since_1970()))).execute(connection).await?;
    Ok(())
}
