use super::holdings::{Selection, Stream, holdings};
use super::releases::{MISSING, RESPONDENTS};
use super::rows::{cells, grouped};
use super::{Store, StoreError, to_sql};
use puls_analysis::disclosure::{Detail, Entry, Holdings, LineTotals, OpenGroups, Telling, Tellings};
use puls_core::joint::JointSums;
use puls_core::segment::Segment;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// Notes what readers are shown from now on: whatever `due` finds in what is held, in one transaction, so that of two
    /// collectors that settle at once the second finds it done.
    pub(crate) async fn tell(
        &self,
        selection: &Selection<'_>,
        due: impl FnOnce(Holdings) -> Tellings,
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        let Tellings { lines, joint, open } = due(holdings(&mut transaction, selection).await?);
        for (line, telling) in lines {
            add_line(&mut transaction, selection, &line, &telling).await?;
        }
        for telling in joint {
            add_products(&mut transaction, selection, &telling).await?;
        }
        for groups in open {
            open_groups(&mut transaction, selection, &groups).await?;
        }
        transaction.commit().await
    }
}

/// What readers have been shown.
pub(super) async fn told(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    streams: &BTreeMap<i64, Stream>,
) -> Result<Tellings, StoreError> {
    Ok(Tellings {
        lines: told_lines(connection, selection, streams).await?,
        joint: told_products(connection, selection, streams).await?,
        open: opened(connection, selection).await?,
    })
}

async fn opened(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeSet<OpenGroups>, StoreError> {
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
) -> Result<(), StoreError> {
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

/// A row of `told`.
#[derive(sqlx::FromRow)]
struct ToldCell {
    detail: i64,
    stream: i64,
    label: i64,
    item: String,
    cell: i64,
    count: i64,
}

async fn told_lines(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    streams: &BTreeMap<i64, Stream>,
) -> Result<Vec<(String, Telling<LineTotals>)>, StoreError> {
    let statement = "SELECT told.detail, told.stream, told.label, told.item, told.cell, told.count
        FROM told JOIN streams ON streams.id = told.stream
        WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)";
    let rows: Vec<ToldCell> = selection.rows(connection, statement).await?;
    let rows =
        rows.into_iter().map(|row| ((row.detail, row.stream, row.label, row.item), row.cell, row.count));
    let mut told = Vec::new();
    for ((detail, stream, label, line), rows) in grouped(rows)? {
        let (Some(from), Some(of)) = (streams.get(&stream), streams.get(&label)) else { continue };
        let cells = selection.versions.get(&from.version()).map(|definition| cells(definition));
        let Some(cells) = cells.and_then(|cells| cells.get(&line).copied()) else { continue };
        let Some(detail) = detail_of(detail) else { continue };
        told.push((line, between(from, of, detail, rows.line(cells, 0)?)));
    }
    Ok(told)
}

/// A row of `told_products`.
#[derive(sqlx::FromRow)]
struct ToldProduct {
    stream: i64,
    label: i64,
    product: i64,
    sum: i64,
}

async fn told_products(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    streams: &BTreeMap<i64, Stream>,
) -> Result<Vec<Telling<JointSums>>, StoreError> {
    let statement =
        "SELECT told_products.stream, told_products.label, told_products.product, told_products.sum
        FROM told_products JOIN streams ON streams.id = told_products.stream
        WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)";
    let rows: Vec<ToldProduct> = selection.rows(connection, statement).await?;
    let rows = rows.into_iter().map(|row| ((row.stream, row.label), row.product, row.sum));
    let mut told = Vec::new();
    for ((stream, label), rows) in grouped(rows)? {
        let (Some(from), Some(of)) = (streams.get(&stream), streams.get(&label)) else { continue };
        let nobody =
            selection.versions.get(&from.version()).and_then(|definition| JointSums::empty(definition));
        if let Some(nobody) = nobody {
            // There is one detail of how answers go together.
            told.push(between(from, of, Detail::Points, rows.joint(nobody)?));
        }
    }
    Ok(told)
}

/// What is told of one stream as of another one.
fn between<T>(from: &Stream, of: &Stream, detail: Detail, totals: T) -> Telling<T> {
    let entry = Entry { detail, from: from.segment(), of: of.segment() };
    Telling { version: from.version(), wave: from.wave.clone(), entry, totals }
}

async fn add_line(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    line: &str,
    telling: &Telling<LineTotals>,
) -> Result<(), StoreError> {
    let (stream, label) = streams_of(connection, selection, telling).await?;
    let LineTotals { respondents, counts } = &telling.totals;
    let answered = (0_i64..).zip(counts.cells().iter().copied());
    let cells = answered.chain([(MISSING, counts.missing()), (RESPONDENTS, *respondents)]);
    for (cell, count) in cells.filter(|(_, count)| *count > 0) {
        sqlx::query(
            "INSERT INTO told (detail, stream, label, item, cell, count) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (detail, stream, label, item, cell) DO UPDATE SET count = told.count + excluded.count",
        )
        .bind(number(telling.entry.detail))
        .bind(stream)
        .bind(label)
        .bind(line)
        .bind(cell)
        .bind(to_sql(count))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn add_products(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    telling: &Telling<JointSums>,
) -> Result<(), StoreError> {
    let (stream, label) = streams_of(connection, selection, telling).await?;
    let products = (0_i64..).zip(telling.totals.products().iter().copied());
    let sums = products.chain([(MISSING, telling.totals.missing())]);
    for (product, sum) in sums.filter(|(_, sum)| *sum > 0) {
        sqlx::query(
            "INSERT INTO told_products (stream, label, product, sum) VALUES ($1, $2, $3, $4)
             ON CONFLICT (stream, label, product) DO UPDATE SET sum = told_products.sum + excluded.sum",
        )
        .bind(stream)
        .bind(label)
        .bind(product)
        .bind(to_sql(sum))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The streams of the group whose answers are told, and of the one as whose.
async fn streams_of<T>(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    telling: &Telling<T>,
) -> Result<(i64, i64), StoreError> {
    let Entry { from, of, .. } = &telling.entry;
    Ok((
        stream_of(connection, selection, telling, from).await?,
        stream_of(connection, selection, telling, of).await?,
    ))
}

/// The stream of a segment. A group that answers are put together to has none of its own before.
async fn stream_of<T>(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    telling: &Telling<T>,
    segment: &Segment,
) -> Result<i64, StoreError> {
    let stream = sqlx::query_scalar(
        "INSERT INTO streams (survey, version, wave, segment, mechanism, respondents, sample)
         VALUES ($1, $2, $3, $4, $5, 0, 0)
         ON CONFLICT (survey, version, wave, segment, mechanism) DO UPDATE SET sample = streams.sample
         RETURNING id",
    )
    .bind(selection.survey)
    .bind(i64::from(telling.version))
    .bind(&telling.wave)
    .bind(segment.to_string())
    .bind(selection.mechanism);
    Ok(stream.fetch_one(connection).await?)
}

/// As the database has it.
fn number(detail: Detail) -> i64 {
    match detail {
        Detail::Score => 0,
        Detail::Favourable => 1,
        Detail::Points => 2,
    }
}

fn detail_of(number_of: i64) -> Option<Detail> {
    Detail::ALL.into_iter().find(|detail| number(*detail) == number_of)
}
