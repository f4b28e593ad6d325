use super::{Store, StoreError, day_from_sql};
use puls_analysis::received::Received;
use puls_core::wave::Day;
use sqlx::SqliteConnection;

/// A change of a wave's figures that no release of an open wave made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Revision {
    pub(crate) wave: String,
    pub(crate) version: u32,
    /// When.
    pub(crate) day: Day,
    pub(crate) kind: RevisionKind,
    /// In words, for readers of results.
    pub(crate) reason: String,
}

/// What changed the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RevisionKind {
    /// Sums of a sealed survey came after the wave had closed.
    SealedSums,
    /// Sample data was filled in after the wave had closed.
    Sample,
    /// The wave was taken out of the totals.
    Void,
    /// A newer build tells readers what an older one told them wrongly.
    Republished,
}

impl RevisionKind {
    const NAMES: [(&'static str, Self); 4] = [
        ("sealed_sums", Self::SealedSums),
        ("sample", Self::Sample),
        ("void", Self::Void),
        ("republished", Self::Republished),
    ];

    /// As the database has it.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// As results have it.
impl From<Revision> for puls_analysis::results::Revision {
    fn from(Revision { wave, version, day, kind, reason }: Revision) -> Self {
        Self { wave, version, day: day.to_string(), kind: kind.name().to_owned(), reason }
    }
}

/// Version, wave, day, kind, reason.
type Row = (i64, String, i64, String, String);

impl Store {
    /// What was revised of a survey, the oldest first. Kinds that this build doesn't know are left out.
    pub(crate) async fn revisions(&self, survey: &str) -> Result<Vec<Revision>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT version, wave, day, kind, reason FROM revisions WHERE survey = $1
             ORDER BY day, wave, version, kind, reason",
        );
        let rows: Vec<Row> = rows.bind(survey).fetch_all(&self.reads()).await?;
        Ok(rows.into_iter().filter_map(revision).collect())
    }
}

fn revision((version, wave, day, kind, reason): Row) -> Option<Revision> {
    let kind = RevisionKind::named(&kind)?;
    Some(Revision { wave, version: u32::try_from(version).ok()?, day: day_from_sql(day), kind, reason })
}

/// Writes down that something came into the totals of a wave that had closed before `today`.
pub(super) async fn note_late(
    connection: &mut SqliteConnection,
    received: &Received,
    kind: RevisionKind,
    today: Day,
    reason: &str,
) -> Result<(), StoreError> {
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

/// Writes a revision down, once a day.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    survey: &str,
    revision: &Revision,
) -> Result<(), StoreError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_says_when_what_and_why() {
        let revision = Revision {
            wave: "2026-W47".to_owned(),
            version: 2,
            day: Day::since_1970(20_778),
            kind: RevisionKind::SealedSums,
            reason: "late".to_owned(),
        };
        assert_eq!(
            serde_json::to_string(&puls_analysis::results::Revision::from(revision)).unwrap(),
            r#"{"wave":"2026-W47","version":2,"day":"2026-11-21","kind":"sealed_sums","reason":"late"}"#
        );
    }

    #[test]
    fn each_kind_is_read_back() {
        for (_, kind) in RevisionKind::NAMES {
            assert_eq!(RevisionKind::named(kind.name()), Some(kind));
        }
        assert_eq!(RevisionKind::named("import"), None);
    }
}
