//! The sums of sealed surveys. They are known by ids of their own, which no release can take.

use super::releases::{Origin, add_to_totals};
use super::revisions::{RevisionKind, note_late};
use super::{Added, Store, StoreError};
use puls_analysis::received::Received;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};

/// The sums of one task and wave.
pub(crate) struct Collection<'a> {
    /// Reckoned from both.
    pub(crate) id: &'a str,
    pub(crate) survey: &'a str,
    /// The versions of the survey that have the task.
    pub(crate) versions: &'a [u32],
    pub(crate) wave: Wave,
    pub(crate) segment: &'a Segment,
    /// The line's id, or the joint lines' name.
    pub(crate) item: &'a str,
}

impl Store {
    /// Whether the sums are in the totals.
    pub(crate) async fn has_collected(&self, collection: &Collection<'_>) -> Result<bool, StoreError> {
        let known = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM collections WHERE id = $1");
        let known = known.bind(collection.id).fetch_one(&self.reads()).await? > 0;
        Ok(known || self.has_collected_earlier(collection).await?)
    }

    /// Whether a build that kept these ids among those of releases had added the sums.
    async fn has_collected_earlier(&self, collection: &Collection<'_>) -> Result<bool, StoreError> {
        let versions = sqlx::query_scalar(
            "SELECT version FROM earlier_collections
             WHERE survey = $2 AND wave = $3 AND segment = $4 AND item = $5
                 AND EXISTS (SELECT 1 FROM seen WHERE id = $1)",
        );
        let versions: Vec<i64> = versions
            .bind(collection.id)
            .bind(collection.survey)
            .bind(collection.wave.to_string())
            .bind(collection.segment.to_string())
            .bind(collection.item)
            .fetch_all(&self.reads())
            .await?;
        Ok(versions.iter().any(|version| collection.versions.iter().any(|has| i64::from(*has) == *version)))
    }

    /// Adds sums to the totals, unless those under their id have been; a revision, where their wave had closed.
    pub(crate) async fn add_sums(&self, sums: &Received, today: Day) -> Result<Added, StoreError> {
        let mut transaction = self.begin().await?;
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
}
