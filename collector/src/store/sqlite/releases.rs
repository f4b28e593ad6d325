use super::revisions::note_late;
use super::sums::{add_joint, add_line};
use super::{Sqlite, SqliteError, generations, to_sql};
use crate::store::shape::releases_by_line;
use crate::store::{Added, RevisionKind};
use puls_analysis::disclosure::LineTotals;
use puls_analysis::received::Received;
use puls_core::wave::Day;
use sqlx::SqliteConnection;

/// Whose answers a release sums up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Those of people.
    Respondents,
    /// Those of made-up respondents, who show what results look like.
    Sample,
}

pub(super) async fn add(database: &Sqlite, release: &Received) -> Result<Added, SqliteError> {
    let mut transaction = database.begin().await?;
    let added = add_once(&mut transaction, release, Origin::Respondents).await?;
    transaction.commit().await?;
    Ok(added)
}

pub(super) async fn add_sample(
    database: &Sqlite,
    releases: &[Received],
    today: Day,
) -> Result<Vec<Added>, SqliteError> {
    let mut transaction = database.begin().await?;
    let mut all = Vec::new();
    for release in releases {
        let added = add_once(&mut transaction, release, Origin::Sample).await?;
        if added == Added::Now {
            let reason = "sample data was filled in after the wave had closed";
            note_late(&mut transaction, release, RevisionKind::Sample, today, reason).await?;
        }
        all.push(added);
    }
    transaction.commit().await?;
    Ok(all)
}

async fn add_once(
    connection: &mut SqliteConnection,
    release: &Received,
    origin: Origin,
) -> Result<Added, SqliteError> {
    let seen = sqlx::query("INSERT INTO seen (id) VALUES ($1) ON CONFLICT (id) DO NOTHING");
    if seen.bind(&release.id).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(Added::Before);
    }
    add_to_totals(connection, release, origin).await?;
    Ok(Added::Now)
}

/// Adds what was received, without looking at its id.
pub(super) async fn add_to_totals(
    connection: &mut SqliteConnection,
    release: &Received,
    origin: Origin,
) -> Result<(), SqliteError> {
    let is_by_line = releases_by_line(release.mechanism.kind());
    let respondents = if is_by_line { 0 } else { to_sql(release.respondents) };
    let holding = add_respondents(connection, release, respondents, origin).await?;
    for (line, counts) in &release.items {
        let more = LineTotals { respondents: release.respondents, counts: counts.clone() };
        add_line(connection, holding, line, &more).await?;
    }
    if let Some(more) = &release.joint {
        add_joint(connection, holding, more).await?;
    }
    generations::begin(connection, &release.survey).await?;
    if is_by_line {
        raise_respondents(connection, holding, origin).await
    } else {
        count_all_on_each_line(connection, holding).await
    }
}

/// Counts the whole group on each line, since all lines are released together. Earlier builds stored no row for a line
/// if everybody came to it and nobody chose an answer, so a row that is new here isn't of new people alone.
async fn count_all_on_each_line(connection: &mut SqliteConnection, holding: i64) -> Result<(), SqliteError> {
    let all = sqlx::query(
        "UPDATE lines SET respondents = holdings.respondents FROM holdings
         WHERE holdings.id = $1 AND lines.holding = $1 AND lines.respondents <> holdings.respondents",
    );
    all.bind(holding).execute(connection).await?;
    Ok(())
}

/// Everybody sends one release for each line, so the group has as many people as its most frequent line.
async fn raise_respondents(
    connection: &mut SqliteConnection,
    holding: i64,
    origin: Origin,
) -> Result<(), SqliteError> {
    sqlx::query(
        "UPDATE holdings SET sample = sample + $2 * (line.most - respondents), respondents = line.most
         FROM (SELECT MAX(respondents) AS most FROM lines WHERE holding = $1) AS line
         WHERE id = $1 AND line.most > respondents",
    )
    .bind(holding)
    .bind(i64::from(origin == Origin::Sample))
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds to the row of the release's group, and returns the row's id.
async fn add_respondents(
    connection: &mut SqliteConnection,
    release: &Received,
    respondents: i64,
    origin: Origin,
) -> Result<i64, SqliteError> {
    let holding = sqlx::query_scalar(
        "INSERT INTO holdings (survey, version, wave, segment, mechanism, respondents, sample)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (survey, version, wave, segment, mechanism) DO UPDATE SET
             respondents = holdings.respondents + excluded.respondents,
             sample = holdings.sample + excluded.sample
         RETURNING id",
    )
    .bind(&release.survey)
    .bind(i64::from(release.version))
    .bind(release.wave.to_string())
    .bind(release.segment.to_string())
    .bind(release.mechanism.to_string())
    .bind(respondents)
    .bind(if origin == Origin::Sample { respondents } else { 0 });
    Ok(holding.fetch_one(connection).await?)
}
