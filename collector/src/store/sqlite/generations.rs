//! A survey's generation: a number that rises in every transaction that changes what is held, published or revised of
//! the survey.
//!
//! Chance draws by how much it rises. So after a database has been replaced by a copy of itself from before, the
//! number doesn't come again to what it was for other holdings.

use super::{Sqlite, SqliteError, from_sql};
use sqlx::SqliteConnection;

/// Reads a survey's generation; it is 0 as long as nothing has changed.
pub(super) async fn of(database: &Sqlite, survey: &str) -> Result<u64, SqliteError> {
    let generation = sqlx::query_scalar("SELECT generation FROM generations WHERE survey = $1");
    let generation = generation.bind(survey).fetch_optional(&database.reads()).await?;
    Ok(generation.map_or(0, from_sql))
}

/// Begins another generation of a survey.
pub(super) async fn begin(connection: &mut SqliteConnection, survey: &str) -> Result<(), SqliteError> {
    // With steps of up to 2^31, a few thousand million changes fit into the column.
    let changed = sqlx::query(
        "INSERT INTO generations (survey, generation) VALUES ($1, 1 + (random() & 0x7fffffff))
         ON CONFLICT (survey) DO UPDATE SET generation = generations.generation + excluded.generation",
    );
    changed.bind(survey).execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::store::{Extent, Selection, Store, open};
    use puls_analysis::disclosure::{Publications, SurveyDisclosure};
    use puls_analysis::received::Received;
    use puls_core::definition::Definition;
    use puls_core::wave::Day;
    use puls_documents::{batched, net_promoter, survey};
    use serde_json::json;
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use tempfile::TempDir;

    /// 2026-11-21.
    const TODAY: i32 = 20_778;

    struct Story {
        store: Arc<dyn Store>,
        definition: Definition,
        seen: u64,
        _folder: TempDir,
    }

    impl Story {
        async fn begin() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = open(&format!("sqlite:{}", folder.path().join("puls.db").display())).await.unwrap();
            let document = survey("s").item(net_promoter("recommend")).privacy(batched(20));
            let definition = Definition::parse(&document.to_string()).unwrap();
            Self { store, definition, seen: 0, _folder: folder }
        }

        /// A release of twenty people, who are all promoters.
        fn release(&self, number: u8, wave: &str) -> Received {
            let release = json!({
                "format": "puls-release/1", "id": format!("{number:032x}"), "survey": "s", "version": 1,
                "wave": wave, "segment": {}, "mechanism": {"kind": "batched", "k": 20}, "respondents": 20,
                "items": {"recommend": {"cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20], "missing": 0}}
            });
            Received::parse(&release.to_string(), |_, _| Some(&self.definition)).unwrap()
        }

        async fn publish(&self, publishes: bool) {
            let versions = BTreeMap::from([(1, &self.definition)]);
            let mechanism = self.definition.privacy.to_string();
            let selection = Selection {
                survey: "s",
                mechanism: &mechanism,
                wave: None,
                lines: None,
                versions: &versions,
            };
            let due = |holdings| {
                let all = SurveyDisclosure::new(&self.definition, &versions, holdings).settle(today());
                assert!(!all.is_empty());
                if publishes { all } else { Publications::default() }
            };
            self.store.publish(&selection, &due).await.unwrap();
        }

        async fn void(&self, wave: &str) {
            let extent = Extent { survey: "s".to_owned(), version: None, wave: Some(wave.to_owned()) };
            self.store.void(&extent, today(), "a flood").await.unwrap();
        }

        /// Checks whether the generation has risen since the last call, and that of another survey hasn't.
        async fn assert_changed(&mut self, changed: bool, what: &str) {
            let generation = self.store.generation("s").await.unwrap();
            assert_eq!((generation > self.seen, generation < self.seen), (changed, false), "{what}");
            assert_eq!(self.store.generation("another").await.unwrap(), 0, "{what}");
            self.seen = generation;
        }
    }

    fn today() -> Day {
        Day::since_1970(TODAY)
    }

    #[tokio::test]
    async fn it_rises_with_every_change_and_with_nothing_else() {
        let mut story = Story::begin().await;
        story.assert_changed(false, "a new database").await;
        for (changed, what) in [(true, "a release"), (false, "the same release again")] {
            story.store.add(&story.release(1, "2026-11")).await.unwrap();
            story.assert_changed(changed, what).await;
        }
        for (changed, what) in [(true, "sample data"), (false, "the same sample data again")] {
            story.store.add_sample(&[story.release(2, "2026-08")], today()).await.unwrap();
            story.assert_changed(changed, what).await;
        }
        #[cfg(feature = "sealed")]
        for (changed, what) in [(true, "sums"), (false, "the same sums again")] {
            story.store.add_sums(&story.release(3, "2026-11"), today()).await.unwrap();
            story.assert_changed(changed, what).await;
        }
        for publishes in [false, true] {
            story.publish(publishes).await;
            story.assert_changed(publishes, "publishing").await;
        }
        for (wave, changed) in [("2026-07", false), ("2026-11", true), ("2026-11", false)] {
            story.void(wave).await;
            story.assert_changed(changed, wave).await;
        }
    }

    #[tokio::test]
    async fn it_does_not_come_again_in_a_database_that_was_put_back() {
        let (mut one, mut other) = (Story::begin().await, Story::begin().await);
        for story in [&mut one, &mut other] {
            story.store.add(&story.release(1, "2026-11")).await.unwrap();
            story.assert_changed(true, "a release").await;
        }
        assert_ne!(one.seen, other.seen);
    }
}
