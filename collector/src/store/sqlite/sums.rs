//! Rows of the database that hold sums, and how they grow: within a transaction, a row is read, added to and written
//! back.

use super::{SqliteError, from_sql, to_sql};
use crate::store::shape::{StoredJoint, StoredLine};
use puls_analysis::disclosure::{Block, LineTotals};
use puls_core::joint_sums::JointSums;
use sqlx::SqliteConnection;
use sqlx::types::Json;

/// A line's sums in a row of `lines` or `published_lines`.
#[derive(sqlx::FromRow)]
pub(super) struct LineRow {
    pub(super) respondents: i64,
    pub(super) missing: i64,
    pub(super) cells: Json<Vec<u64>>,
}

/// The joint lines' sums in a row of `joint` or `published_joint`.
#[derive(sqlx::FromRow)]
pub(super) struct JointRow {
    pub(super) missing: i64,
    pub(super) products: Json<Vec<u64>>,
}

impl From<LineRow> for StoredLine {
    fn from(LineRow { respondents, missing, cells }: LineRow) -> Self {
        Self { respondents: from_sql(respondents), missing: from_sql(missing), cells: cells.0 }
    }
}

impl From<JointRow> for StoredJoint {
    fn from(JointRow { missing, products }: JointRow) -> Self {
        Self { missing: from_sql(missing), products: products.0 }
    }
}

impl LineRow {
    /// The row after `more` has been added to an earlier one.
    pub(super) fn with(earlier: Option<Self>, more: &LineTotals) -> Result<Self, SqliteError> {
        let mut totals = more.clone();
        if let Some(earlier) = earlier {
            totals.merge(&StoredLine::from(earlier).totals(more.counts.cells().len())?);
        }
        let LineTotals { respondents, counts } = totals;
        let (respondents, missing) = (to_sql(respondents), to_sql(counts.missing()));
        Ok(Self { respondents, missing, cells: Json(counts.cells().to_vec()) })
    }
}

impl JointRow {
    /// The row after `more` has been added to an earlier one.
    pub(super) fn with(earlier: Option<Self>, more: &JointSums) -> Result<Self, SqliteError> {
        let mut sums = more.clone();
        if let Some(earlier) = earlier {
            sums.merge(&StoredJoint::from(earlier).sums(more.clone())?);
        }
        Ok(Self { missing: to_sql(sums.missing()), products: Json(sums.products().to_vec()) })
    }
}

/// Adds to a line's row in `lines`.
pub(super) async fn add_line(
    connection: &mut SqliteConnection,
    holding: i64,
    line: &str,
    more: &LineTotals,
) -> Result<(), SqliteError> {
    let earlier =
        sqlx::query_as("SELECT respondents, missing, cells FROM lines WHERE holding = $1 AND line = $2");
    let earlier = earlier.bind(holding).bind(line).fetch_optional(&mut *connection).await?;
    let LineRow { respondents, missing, cells } = LineRow::with(earlier, more)?;
    sqlx::query(
        "REPLACE INTO lines (holding, line, respondents, missing, cells) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(holding)
    .bind(line)
    .bind(respondents)
    .bind(missing)
    .bind(cells)
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds to a group's row in `joint`.
pub(super) async fn add_joint(
    connection: &mut SqliteConnection,
    holding: i64,
    more: &JointSums,
) -> Result<(), SqliteError> {
    let earlier = sqlx::query_as("SELECT missing, products FROM joint WHERE holding = $1");
    let earlier = earlier.bind(holding).fetch_optional(&mut *connection).await?;
    let JointRow { missing, products } = JointRow::with(earlier, more)?;
    let row = sqlx::query("REPLACE INTO joint (holding, missing, products) VALUES ($1, $2, $3)");
    row.bind(holding).bind(missing).bind(products).execute(connection).await?;
    Ok(())
}
