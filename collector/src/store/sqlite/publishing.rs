use super::holdings::{holdings, name};
use super::sums::{JointRow, LineRow};
use super::{Sqlite, SqliteError, generations};
use crate::store::{Due, Selection};
use puls_analysis::disclosure::{LineTotals, OpenGroups, Publication, Publications};
use puls_core::joint_sums::JointSums;
use sqlx::SqliteConnection;

pub(super) async fn publish(
    database: &Sqlite,
    selection: &Selection<'_>,
    due: Due<'_>,
) -> Result<(), SqliteError> {
    let mut transaction = database.begin().await?;
    let due = due(holdings(&mut transaction, selection).await?);
    if due.is_empty() {
        return transaction.give_back().await;
    }
    let Publications { lines, joint, open } = due;
    for (line, publication) in lines {
        add_line(&mut transaction, selection, &line, &publication).await?;
    }
    for publication in joint {
        add_joint(&mut transaction, selection, &publication).await?;
    }
    for groups in open {
        open_groups(&mut transaction, selection, &groups).await?;
    }
    generations::begin(&mut transaction, selection.survey).await?;
    transaction.commit().await
}

async fn open_groups(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    OpenGroups { wave, line }: &OpenGroups,
) -> Result<(), SqliteError> {
    sqlx::query(
        "INSERT INTO open_groups (survey, mechanism, wave, line) VALUES ($1, $2, $3, $4)
         ON CONFLICT (survey, mechanism, wave, line) DO NOTHING",
    )
    .bind(selection.survey)
    .bind(selection.mechanism)
    .bind(wave)
    .bind(line.as_deref().unwrap_or_default())
    .execute(connection)
    .await?;
    Ok(())
}

async fn add_line(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    line: &str,
    publication: &Publication<LineTotals>,
) -> Result<(), SqliteError> {
    let holding = holding(connection, selection, publication).await?;
    let (detail, published_as) = (name(publication.entry.detail), publication.entry.of.to_string());
    let earlier = sqlx::query_as(
        "SELECT respondents, missing, cells FROM published_lines
         WHERE detail = $1 AND holding = $2 AND published_as = $3 AND line = $4",
    );
    let earlier = earlier.bind(detail).bind(holding).bind(&published_as).bind(line);
    let earlier = earlier.fetch_optional(&mut *connection).await?;
    let LineRow { respondents, missing, cells } = LineRow::with(earlier, &publication.totals)?;
    sqlx::query(
        "REPLACE INTO published_lines (detail, holding, published_as, line, respondents, missing, cells)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(detail)
    .bind(holding)
    .bind(&published_as)
    .bind(line)
    .bind(respondents)
    .bind(missing)
    .bind(cells)
    .execute(connection)
    .await?;
    Ok(())
}

async fn add_joint(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    publication: &Publication<JointSums>,
) -> Result<(), SqliteError> {
    let holding = holding(connection, selection, publication).await?;
    let published_as = publication.entry.of.to_string();
    let earlier = sqlx::query_as(
        "SELECT missing, products FROM published_joint WHERE holding = $1 AND published_as = $2",
    );
    let earlier = earlier.bind(holding).bind(&published_as).fetch_optional(&mut *connection).await?;
    let JointRow { missing, products } = JointRow::with(earlier, &publication.totals)?;
    sqlx::query(
        "REPLACE INTO published_joint (holding, published_as, missing, products) VALUES ($1, $2, $3, $4)",
    )
    .bind(holding)
    .bind(&published_as)
    .bind(missing)
    .bind(products)
    .execute(connection)
    .await?;
    Ok(())
}

/// The row of the group whose answers are published. It may not exist yet: in a further detail, that group may be a
/// larger one, which has no releases of its own.
async fn holding<T>(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    publication: &Publication<T>,
) -> Result<i64, SqliteError> {
    let id = sqlx::query_scalar(
        "INSERT INTO holdings (survey, version, wave, segment, mechanism, respondents, sample)
         VALUES ($1, $2, $3, $4, $5, 0, 0)
         ON CONFLICT (survey, version, wave, segment, mechanism) DO UPDATE SET sample = holdings.sample
         RETURNING id",
    );
    let id = id.bind(selection.survey).bind(i64::from(publication.version)).bind(&publication.wave);
    let id = id.bind(publication.entry.from.to_string()).bind(selection.mechanism);
    Ok(id.fetch_one(connection).await?)
}
