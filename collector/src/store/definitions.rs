use super::{Store, StoreError, day_from_sql};
use puls_core::wave::Day;
use sqlx::SqliteConnection;

/// A definition as it was served.
#[derive(Debug, Clone)]
pub(crate) struct StoredDefinition {
    pub(crate) survey: String,
    pub(crate) version: u32,
    pub(crate) json: String,
    /// Since when; unknown of versions that builds served which didn't note it.
    pub(crate) first_served: Option<Day>,
}

impl Store {
    /// Every version of every survey that was ever served.
    pub(crate) async fn definitions(&self) -> Result<Vec<StoredDefinition>, StoreError> {
        let all = sqlx::query_as(
            "SELECT survey, version, json, first_served FROM definitions ORDER BY survey, version",
        );
        let all: Vec<(String, i64, String, Option<i64>)> = all.fetch_all(&self.reads()).await?;
        let stored = |(survey, version, json, first_served): (_, i64, _, Option<i64>)| StoredDefinition {
            survey,
            // The widest that a definition may have.
            version: u32::try_from(version).unwrap_or(u32::MAX),
            json,
            first_served: first_served.map(day_from_sql),
        };
        Ok(all.into_iter().map(stored).collect())
    }

    /// Remembers what a database that is put in the place of this one has to know as well.
    pub(crate) fn remember_definitions(&self, definitions: Vec<StoredDefinition>) {
        // A collector reads its definitions once, at the start.
        let _ = self.remembered.set(definitions);
    }

    /// Adds what a database that was put in the place of an earlier one doesn't know: releases of it go on coming.
    pub(super) async fn add_missing_definitions(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<(), StoreError> {
        for StoredDefinition { survey, version, json, first_served } in
            self.remembered.get().into_iter().flatten()
        {
            sqlx::query(
                "INSERT INTO definitions (survey, version, json, first_served) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (survey, version) DO NOTHING",
            )
            .bind(survey)
            .bind(i64::from(*version))
            .bind(json)
            .bind(first_served.map(|day| i64::from(day.days_since_1970())))
            .execute(&mut *connection)
            .await?;
        }
        Ok(())
    }

    /// Keeps definitions that are served from `today` on; one of the same version takes the earlier one's place.
    pub(crate) async fn keep_definitions(
        &self,
        definitions: impl IntoIterator<Item = (&str, u32, &str)>,
        today: Day,
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        for (survey, version, json) in definitions {
            // A day that lies ahead was a wrong clock's. What isn't known (NULL) stays unknown.
            sqlx::query(
                "INSERT INTO definitions (survey, version, json, first_served) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (survey, version) DO UPDATE SET
                     json = excluded.json,
                     first_served = MIN(definitions.first_served, excluded.first_served)",
            )
            .bind(survey)
            .bind(i64::from(version))
            .bind(json)
            .bind(i64::from(today.days_since_1970()))
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }
}
