//! Adds the sums of sealed surveys. Their ids are kept apart from those of releases, so no release can take one.

use super::releases::{Origin, add_to_totals};
use super::revisions::note_late;
use super::{Sqlite, SqliteError};
use crate::store::{Added, RevisionKind, Sums};
use puls_analysis::received::Received;
use puls_core::wave::Day;

pub(super) async fn has(database: &Sqlite, sums: &Sums<'_>) -> Result<bool, SqliteError> {
    let known = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM collections WHERE id = $1");
    let known = known.bind(sums.id).fetch_one(&database.reads()).await? > 0;
    Ok(known || has_earlier(database, sums).await?)
}

/// Whether an earlier build, which kept these ids among those of releases, has added the sums.
async fn has_earlier(database: &Sqlite, sums: &Sums<'_>) -> Result<bool, SqliteError> {
    let versions = sqlx::query_scalar(
        "SELECT version FROM earlier_collections
         WHERE survey = $2 AND wave = $3 AND segment = $4 AND item = $5
             AND EXISTS (SELECT 1 FROM seen WHERE id = $1)",
    );
    let versions: Vec<i64> = versions
        .bind(sums.id)
        .bind(sums.survey)
        .bind(sums.wave.to_string())
        .bind(sums.segment.to_string())
        .bind(sums.line)
        .fetch_all(&database.reads())
        .await?;
    Ok(versions.iter().any(|version| sums.versions.iter().any(|has| i64::from(*has) == *version)))
}

pub(super) async fn add(database: &Sqlite, sums: &Received, today: Day) -> Result<Added, SqliteError> {
    let mut transaction = database.begin().await?;
    let new = sqlx::query("INSERT INTO collections (id) VALUES ($1) ON CONFLICT (id) DO NOTHING");
    if new.bind(&sums.id).execute(&mut *transaction).await?.rows_affected() == 0 {
        return Ok(Added::Before);
    }
    add_to_totals(&mut transaction, sums, Origin::Respondents).await?;
    let reason = "the aggregators gave sums out after the wave had closed";
    note_late(&mut transaction, sums, RevisionKind::SealedSums, today, reason).await?;
    transaction.commit().await?;
    Ok(Added::Now)
}
