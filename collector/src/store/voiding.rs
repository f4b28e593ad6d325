//! Taking waves out of the totals: what was received of them, and what readers have been shown of it. So figures change by
//! whole blocks, and no difference between before and after tells more than the blocks did. The ids of the releases stay, so
//! that none of them can be sent again; those of sums of sealed surveys as well.

use super::revisions::{Revision, RevisionKind, note};
use super::writer::Writing;
use super::{Store, StoreError, from_sql};
use puls_core::wave::Day;

/// What is to be taken out of one survey's totals.
#[derive(Debug, Clone)]
pub(crate) struct Extent {
    pub(crate) survey: String,
    /// All versions when `None`.
    pub(crate) version: Option<u32>,
    /// All waves when `None`.
    pub(crate) wave: Option<String>,
}

/// What is held of one version in one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) version: u32,
    pub(crate) wave: String,
    pub(crate) respondents: u64,
    /// How many of the respondents are sample data.
    pub(crate) sample: u64,
    pub(crate) segments: u64,
    pub(crate) lines: u64,
}

/// Something that is about to be taken out, and nobody can add to meanwhile. Nothing happens unless it is
/// [carried out](Voiding::carry_out).
pub(crate) struct Voiding {
    transaction: Writing,
    extent: Extent,
    held: Vec<Held>,
}

/// Version, wave, respondents, sample, segments, lines.
type Row = (i64, String, i64, i64, i64, i64);

impl Store {
    /// Looks at what an extent has.
    pub(crate) async fn voiding(&self, extent: Extent) -> Result<Voiding, StoreError> {
        let mut transaction = self.begin().await?;
        // A group that others' answers were told as has a stream, and nobody of its own.
        let rows = sqlx::query_as(
            "SELECT version, wave, SUM(respondents), SUM(sample), SUM(respondents > 0),
                 (SELECT COUNT(DISTINCT cells.item) FROM cells JOIN streams AS of ON of.id = cells.stream
                  WHERE of.survey = streams.survey AND of.version = streams.version AND of.wave = streams.wave)
             FROM streams
             WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave)
             GROUP BY survey, version, wave HAVING SUM(respondents) > 0 OR SUM(id IN (SELECT stream FROM products)) > 0 ORDER BY version, wave",
        );
        let rows: Vec<Row> = rows
            .bind(&extent.survey)
            .bind(extent.version)
            .bind(&extent.wave)
            .fetch_all(&mut *transaction)
            .await?;
        let held = rows.into_iter().map(Held::from).collect();
        Ok(Voiding { transaction, extent, held })
    }
}

impl Voiding {
    /// What it takes, by version and wave; nothing where there is nothing.
    pub(crate) fn held(&self) -> &[Held] {
        &self.held
    }

    /// Takes it out, for ever, and writes that down.
    pub(crate) async fn carry_out(mut self, today: Day, reason: &str) -> Result<(), StoreError> {
        // What was told as another group's is told of a stream of the same version and wave, so it goes whole.
        for statement in [
            "DELETE FROM told WHERE stream IN (SELECT id FROM streams
             WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave))",
            "DELETE FROM told_products WHERE stream IN (SELECT id FROM streams
             WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave))",
            "DELETE FROM cells WHERE stream IN (SELECT id FROM streams
             WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave))",
            "DELETE FROM products WHERE stream IN (SELECT id FROM streams
             WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave))",
            "DELETE FROM streams
             WHERE survey = $1 AND version = COALESCE($2, version) AND wave = COALESCE($3, wave)",
        ] {
            let Extent { survey, version, wave } = &self.extent;
            let statement = sqlx::query(statement).bind(survey).bind(*version).bind(wave);
            statement.execute(&mut *self.transaction).await?;
        }
        // Where nothing is left of a wave, it begins anew.
        sqlx::query(
            "DELETE FROM open_groups WHERE survey = $1
             AND wave NOT IN (SELECT wave FROM streams WHERE survey = $1)",
        )
        .bind(&self.extent.survey)
        .execute(&mut *self.transaction)
        .await?;
        for Held { version, wave, .. } in &self.held {
            let (version, wave, reason) = (*version, wave.clone(), reason.to_owned());
            let revision = Revision { wave, version, day: today, kind: RevisionKind::Void, reason };
            note(&mut self.transaction, &self.extent.survey, &revision).await?;
        }
        self.transaction.commit().await
    }
}

impl From<Row> for Held {
    fn from((version, wave, respondents, sample, segments, lines): Row) -> Self {
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
