//! Takes waves out of the totals, together with what was published of them. So figures change by whole blocks, and no
//! difference between before and after tells more than the blocks did.

use super::revisions::note;
use super::{Sqlite, SqliteError, from_sql, generations};
use crate::store::{Extent, Held, Revision, RevisionKind};
use puls_core::wave::Day;
use sqlx::SqliteConnection;

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    wave: String,
    respondents: i64,
    sample: i64,
    segments: i64,
    lines: i64,
}

impl From<Row> for Held {
    fn from(Row { version, wave, respondents, sample, segments, lines }: Row) -> Self {
        Self {
            version: u32::try_from(version).unwrap_or(0),
            wave,
            respondents: from_sql(respondents),
            sample: from_sql(sample),
            segments: from_sql(segments),
            lines: from_sql(lines),
        }
    }
}

pub(super) async fn held(
    connection: &mut SqliteConnection,
    Extent { survey, version, wave }: &Extent,
) -> Result<Vec<Held>, SqliteError> {
    let rows = sqlx::query_as(
        "SELECT version, wave, SUM(respondents) AS respondents, SUM(sample) AS sample,
             SUM(respondents > 0) AS segments,
             (SELECT COUNT(DISTINCT lines.line) FROM lines JOIN holdings AS of ON of.id = lines.holding
              WHERE of.survey = holdings.survey AND of.version = holdings.version AND of.wave = holdings.wave)
             AS lines
         FROM holdings
         WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave)
         GROUP BY survey, version, wave
         HAVING SUM(respondents) > 0 OR SUM(id IN (SELECT holding FROM joint)) > 0
         ORDER BY version, wave",
    );
    let rows: Vec<Row> = rows.bind(survey).bind(*version).bind(wave).fetch_all(connection).await?;
    Ok(rows.into_iter().map(Held::from).collect())
}

pub(super) async fn void(
    database: &Sqlite,
    extent: &Extent,
    today: Day,
    reason: &str,
) -> Result<Vec<Held>, SqliteError> {
    let mut transaction = database.begin().await?;
    let all = held(&mut transaction, extent).await?;
    let Extent { survey, version, wave } = extent;
    // Deleting a group's row deletes all of its sums.
    let gone = sqlx::query(
        "DELETE FROM holdings
         WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave)",
    );
    let gone = gone.bind(survey).bind(*version).bind(wave).execute(&mut *transaction).await?;
    // If nothing is left of a wave, its groups aren't open any more.
    let closed = sqlx::query(
        "DELETE FROM open_groups WHERE survey = $1
         AND wave NOT IN (SELECT wave FROM holdings WHERE survey = $1)",
    );
    let closed = closed.bind(survey).execute(&mut *transaction).await?;
    if gone.rows_affected() + closed.rows_affected() > 0 {
        generations::begin(&mut transaction, survey).await?;
    }
    for Held { version, wave, .. } in &all {
        let (version, wave, reason) = (*version, wave.clone(), reason.to_owned());
        let revision = Revision { wave, version, day: today, kind: RevisionKind::Void, reason };
        note(&mut transaction, survey, &revision).await?;
    }
    transaction.commit().await?;
    Ok(all)
}
