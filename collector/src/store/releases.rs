use super::revisions::{RevisionKind, note_late};
use super::{Store, StoreError, to_sql};
use puls_analysis::received::Received;
use puls_core::definition::Mechanism;
use puls_core::joint::JointSums;
use puls_core::summary::Counts;
use puls_core::wave::Day;
use sqlx::SqliteConnection;

/// The cell of those without an answer, and of those without an answer to all joint lines.
pub(super) const MISSING: i64 = -1;

/// The cell of everybody, on lines that are released by themselves.
pub(super) const RESPONDENTS: i64 = -2;

/// Whose answers a release sums up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// People's.
    Respondents,
    /// Nobody's: it was made up to show what results look like.
    Sample,
}

/// What became of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// It was added to the totals.
    Now,
    /// It had been before.
    Before,
}

impl Store {
    /// Adds a release to the totals, unless its id has been seen. It is on disk when this returns.
    pub(crate) async fn add(&self, release: &Received) -> Result<Added, StoreError> {
        let mut transaction = self.begin().await?;
        let added = add(&mut transaction, release, Origin::Respondents).await?;
        transaction.commit().await?;
        Ok(added)
    }

    /// Adds releases of made-up respondents, all or none, and says what became of each; a revision, where their wave had
    /// closed.
    pub(crate) async fn add_sample(
        &self,
        releases: &[Received],
        today: Day,
    ) -> Result<Vec<Added>, StoreError> {
        let mut transaction = self.begin().await?;
        let mut all = Vec::new();
        for release in releases {
            let added = add(&mut transaction, release, Origin::Sample).await?;
            if added == Added::Now {
                let reason = "sample data was filled in after the wave had closed";
                note_late(&mut transaction, release, RevisionKind::Sample, today, reason).await?;
            }
            all.push(added);
        }
        transaction.commit().await?;
        Ok(all)
    }
}

async fn add(
    connection: &mut SqliteConnection,
    release: &Received,
    origin: Origin,
) -> Result<Added, StoreError> {
    let seen = sqlx::query("INSERT INTO seen (id) VALUES ($1) ON CONFLICT (id) DO NOTHING");
    if seen.bind(&release.id).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(Added::Before);
    }
    add_to_totals(connection, release, origin).await?;
    Ok(Added::Now)
}

/// Adds what was received, whether or not it has been before.
pub(super) async fn add_to_totals(
    connection: &mut SqliteConnection,
    release: &Received,
    origin: Origin,
) -> Result<(), StoreError> {
    let is_whole = matches!(release.mechanism, Mechanism::Randomised { .. } | Mechanism::Batched { .. });
    let respondents = if is_whole { to_sql(release.respondents) } else { 0 };
    let stream = add_respondents(connection, release, respondents, origin).await?;
    for (item, counts) in &release.items {
        add_counts(connection, stream, item, counts).await?;
        if !is_whole {
            add_count(connection, stream, item, RESPONDENTS, release.respondents).await?;
        }
    }
    if let Some(sums) = &release.joint {
        add_products(connection, stream, sums).await?;
    }
    if !is_whole {
        raise_respondents(connection, stream, origin).await?;
    }
    Ok(())
}

/// Everybody has a release for each line, so there are as many people as the line with the most has.
async fn raise_respondents(
    connection: &mut SqliteConnection,
    stream: i64,
    origin: Origin,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE streams SET sample = sample + $3 * (line.most - respondents), respondents = line.most
         FROM (SELECT MAX(count) AS most FROM cells WHERE stream = $1 AND cell = $2) AS line
         WHERE id = $1 AND line.most > respondents",
    )
    .bind(stream)
    .bind(RESPONDENTS)
    .bind(i64::from(origin == Origin::Sample))
    .execute(connection)
    .await?;
    Ok(())
}

async fn add_respondents(
    connection: &mut SqliteConnection,
    release: &Received,
    respondents: i64,
    origin: Origin,
) -> Result<i64, StoreError> {
    let stream = sqlx::query_scalar(
        "INSERT INTO streams (survey, version, wave, segment, mechanism, respondents, sample)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (survey, version, wave, segment, mechanism) DO UPDATE SET
             respondents = streams.respondents + excluded.respondents,
             sample = streams.sample + excluded.sample
         RETURNING id",
    )
    .bind(&release.survey)
    .bind(i64::from(release.version))
    .bind(release.wave.to_string())
    .bind(release.segment.to_string())
    .bind(release.mechanism.to_string())
    .bind(respondents)
    .bind(if origin == Origin::Sample { respondents } else { 0 });
    Ok(stream.fetch_one(connection).await?)
}

async fn add_counts(
    connection: &mut SqliteConnection,
    stream: i64,
    item: &str,
    counts: &Counts,
) -> Result<(), StoreError> {
    let answered = (0_i64..).zip(counts.cells().iter().copied());
    for (cell, count) in answered.chain([(MISSING, counts.missing())]).filter(|(_, count)| *count > 0) {
        add_count(connection, stream, item, cell, count).await?;
    }
    Ok(())
}

async fn add_count(
    connection: &mut SqliteConnection,
    stream: i64,
    item: &str,
    cell: i64,
    count: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO cells (stream, item, cell, count) VALUES ($1, $2, $3, $4)
         ON CONFLICT (stream, item, cell) DO UPDATE SET count = cells.count + excluded.count",
    )
    .bind(stream)
    .bind(item)
    .bind(cell)
    .bind(to_sql(count))
    .execute(connection)
    .await?;
    Ok(())
}

async fn add_products(
    connection: &mut SqliteConnection,
    stream: i64,
    sums: &JointSums,
) -> Result<(), StoreError> {
    let products = (0_i64..).zip(sums.products().iter().copied()).chain([(MISSING, sums.missing())]);
    for (product, sum) in products.filter(|(_, sum)| *sum > 0) {
        sqlx::query(
            "INSERT INTO products (stream, product, sum) VALUES ($1, $2, $3)
             ON CONFLICT (stream, product) DO UPDATE SET sum = products.sum + excluded.sum",
        )
        .bind(stream)
        .bind(product)
        .bind(to_sql(sum))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
