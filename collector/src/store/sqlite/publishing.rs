use super::holdings::{Groups, holdings, segment};
use super::sums::{JointRow, LineRow};
use super::{Sqlite, SqliteError, generations};
use crate::store::{Due, Selection};
use puls_analysis::disclosure::{Detail, Entry, LineTotals, OpenGroups, Publication, Publications};
use puls_core::joint_sums::JointSums;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

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

/// Reads what is published of these groups.
pub(super) async fn published(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    groups: &Groups<'_>,
) -> Result<Publications, SqliteError> {
    Ok(Publications {
        lines: published_lines(connection, selection, groups).await?,
        joint: published_joint(connection, selection, groups).await?,
        open: opened(connection, selection).await?,
    })
}

async fn opened(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeSet<OpenGroups>, SqliteError> {
    let statement = "SELECT wave, line FROM open_groups
        WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)";
    let rows: Vec<(String, String)> = selection.rows(connection, statement).await?;
    let of = |(wave, line): (String, String)| OpenGroups { wave, line: (!line.is_empty()).then_some(line) };
    Ok(rows.into_iter().map(of).collect())
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

#[derive(sqlx::FromRow)]
struct PublishedLine {
    detail: String,
    holding: i64,
    published_as: String,
    line: String,
    #[sqlx(flatten)]
    sums: LineRow,
}

async fn published_lines(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    groups: &Groups<'_>,
) -> Result<Vec<(String, Publication<LineTotals>)>, SqliteError> {
    let statement = "SELECT detail, holding, published_as, line, published.respondents, missing, cells
        FROM published_lines AS published JOIN holdings ON holdings.id = holding
        WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)
        ORDER BY detail, holding, published_as, line";
    let mut published = Vec::new();
    for row in selection.rows::<PublishedLine>(connection, statement).await? {
        let (Some((group, shape)), Some(detail)) = (groups.get(&row.holding), detail(&row.detail)) else {
            continue;
        };
        if let Some(totals) = shape.line(&row.line, row.sums.into())? {
            let entry = Entry { detail, from: group.segment(), of: segment(&row.published_as) };
            let publication =
                Publication { version: group.version(), wave: group.wave.clone(), entry, totals };
            published.push((row.line, publication));
        }
    }
    Ok(published)
}

#[derive(sqlx::FromRow)]
struct PublishedJoint {
    holding: i64,
    published_as: String,
    #[sqlx(flatten)]
    sums: JointRow,
}

async fn published_joint(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    groups: &Groups<'_>,
) -> Result<Vec<Publication<JointSums>>, SqliteError> {
    let statement = "SELECT holding, published_as, missing, products
        FROM published_joint JOIN holdings ON holdings.id = holding
        WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)
        ORDER BY holding, published_as";
    let mut published = Vec::new();
    for row in selection.rows::<PublishedJoint>(connection, statement).await? {
        let Some((group, shape)) = groups.get(&row.holding) else { continue };
        if let Some(totals) = shape.joint(Some(row.sums.into()))? {
            // Joint lines have only one detail.
            let entry =
                Entry { detail: Detail::Points, from: group.segment(), of: segment(&row.published_as) };
            published.push(Publication { version: group.version(), wave: group.wave.clone(), entry, totals });
        }
    }
    Ok(published)
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

/// The detail's name in the database.
fn name(detail: Detail) -> &'static str {
    match detail {
        Detail::Score => "score",
        Detail::Favourable => "favourable",
        Detail::Points => "points",
    }
}

fn detail(named: &str) -> Option<Detail> {
    Detail::ALL.into_iter().find(|detail| name(*detail) == named)
}
