use super::{Store, StoreError};

impl Store {
    /// A setting, if it has been made.
    pub(crate) async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT value FROM settings WHERE name = $1").bind(name);
        Ok(found.fetch_optional(&self.reads()).await?)
    }

    /// Makes or changes a setting.
    pub(crate) async fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO settings (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }
}
