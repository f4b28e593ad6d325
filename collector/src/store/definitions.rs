use super::{Store, StoreError};

/// A definition as it was served.
pub(crate) struct StoredDefinition {
    pub(crate) survey: String,
    pub(crate) version: i64,
    pub(crate) json: String,
}

impl Store {
    /// Every version of every survey that was ever served.
    pub(crate) async fn definitions(&self) -> Result<Vec<StoredDefinition>, StoreError> {
        let all: Vec<(String, i64, String)> =
            sqlx::query_as("SELECT survey, version, json FROM definitions").fetch_all(&self.reads).await?;
        Ok(all
            .into_iter()
            .map(|(survey, version, json)| StoredDefinition { survey, version, json })
            .collect())
    }

    /// Keeps definitions; one of the same version takes the earlier one's place.
    pub(crate) async fn keep_definitions(
        &self,
        definitions: impl IntoIterator<Item = (&str, u32, &str)>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        for (survey, version, json) in definitions {
            sqlx::query(
                "INSERT INTO definitions (survey, version, json) VALUES ($1, $2, $3)
                 ON CONFLICT (survey, version) DO UPDATE SET json = excluded.json",
            )
            .bind(survey)
            .bind(i64::from(version))
            .bind(json)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}
