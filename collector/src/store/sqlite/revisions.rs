use super::{Sqlite, SqliteError, day_from_sql};
use crate::store::{Revision, RevisionKind};
use puls_analysis::received::Received;
use puls_core::wave::Day;
use sqlx::SqliteConnection;

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    wave: String,
    day: i64,
    kind: String,
    reason: String,
}

pub(super) async fn of(database: &Sqlite, survey: &str) -> Result<Vec<Revision>, SqliteError> {
    let rows = sqlx::query_as(
        "SELECT version, wave, day, kind, reason FROM revisions WHERE survey = $1
         ORDER BY day, wave, version, kind, reason",
    );
    let rows: Vec<Row> = rows.bind(survey).fetch_all(&database.reads()).await?;
    Ok(rows.into_iter().filter_map(Row::revision).collect())
}

impl Row {
    fn revision(self) -> Option<Revision> {
        let Self { version, wave, day, kind, reason } = self;
        let (kind, version) = (RevisionKind::named(&kind)?, u32::try_from(version).ok()?);
        Some(Revision { wave, version, day: day_from_sql(day), kind, reason })
    }
}

/// Writes a revision if the wave of what was added had closed before `today`.
pub(super) async fn note_late(
    connection: &mut SqliteConnection,
    received: &Received,
    kind: RevisionKind,
    today: Day,
    reason: &str,
) -> Result<(), SqliteError> {
    if !received.wave.is_closed(today) {
        return Ok(());
    }
    let revision = Revision {
        wave: received.wave.to_string(),
        version: received.version,
        day: today,
        kind,
        reason: reason.to_owned(),
    };
    note(connection, &received.survey, &revision).await
}

/// Writes a revision. The same one is written only once a day.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    survey: &str,
    revision: &Revision,
) -> Result<(), SqliteError> {
    let Revision { wave, version, day, kind, reason } = revision;
    sqlx::query(
        "INSERT INTO revisions (survey, version, wave, day, kind, reason) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (survey, wave, version, day, kind, reason) DO NOTHING",
    )
    .bind(survey)
    .bind(i64::from(*version))
    .bind(wave)
    .bind(i64::from(day.days_since_1970()))
    .bind(kind.name())
    .bind(reason)
    .execute(connection)
    .await?;
    Ok(())
}
