use super::releases::{MISSING, RESPONDENTS};
use super::{Store, StoreError, from_sql};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::withhold::{Detail, LineTotals};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Which totals are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub(crate) survey: &'a str,
    /// As releases state it.
    pub(crate) mechanism: &'a str,
    /// All of them when `None`.
    pub(crate) wave: Option<&'a str>,
}

/// All that is held for a selection.
pub(crate) struct Holdings {
    pub(crate) streams: Vec<Holding>,
    /// What readers have been shown.
    pub(crate) told: Vec<ToldBefore>,
    /// The waves that there is anything of, whichever is asked for, oldest first.
    pub(crate) waves: Vec<String>,
}

/// What is held of one version, wave and segment.
pub(crate) struct Holding {
    pub(crate) stream: i64,
    pub(crate) version: u32,
    pub(crate) wave: String,
    pub(crate) segment: Segment,
    pub(crate) respondents: u64,
    pub(crate) sample: u64,
    pub(crate) items: BTreeMap<String, Counts>,
    /// People by line, where each line is released by itself.
    lines: BTreeMap<String, u64>,
}

/// What readers have been shown of one line of one stream, in one detail and as one group's.
pub(crate) struct ToldBefore {
    pub(crate) detail: Detail,
    pub(crate) stream: i64,
    pub(crate) label: i64,
    pub(crate) item: String,
    pub(crate) totals: LineTotals,
}

impl Holding {
    /// How many people were asked a line, and what came of it.
    pub(crate) fn line(&self, line: &str) -> LineTotals {
        LineTotals {
            respondents: if self.lines.is_empty() {
                self.respondents
            } else {
                self.lines.get(line).copied().unwrap_or(0)
            },
            counts: self.items.get(line).cloned().unwrap_or_default(),
        }
    }

    fn add_cell(&mut self, item: String, cell: i64, count: u64) {
        if cell == RESPONDENTS {
            self.lines.insert(item, count);
        } else {
            add_cell(self.items.entry(item).or_default(), cell, count);
        }
    }
}

/// Stream, version, wave, segment, respondents, sample.
type StreamRow = (i64, i64, String, String, i64, i64);

/// Stream, item, cell, count.
type CellRow = (i64, String, i64, i64);

/// Detail, stream, label, item, cell, count.
type ToldRow = (i64, i64, i64, String, i64, i64);

impl Store {
    /// What is held for `selection`.
    pub(crate) async fn holdings(&self, selection: &Selection<'_>) -> Result<Holdings, StoreError> {
        // One transaction, so that respondents and cells are of the same moment.
        holdings(&mut *self.reads.begin().await?, selection).await
    }
}

/// What is held for `selection` as a transaction sees it.
pub(super) async fn holdings(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Holdings, StoreError> {
    let waves = waves(connection, selection).await?;
    let mut streams = streams(connection, selection).await?;
    for (stream, item, cell, count) in cells(connection, selection).await? {
        if let Some(holding) = streams.get_mut(&stream) {
            holding.add_cell(item, cell, from_sql(count));
        }
    }
    let told = told(connection, selection).await?;
    Ok(Holdings { streams: streams.into_values().collect(), told, waves })
}

async fn waves(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Vec<String>, StoreError> {
    let waves = sqlx::query_scalar(
        "SELECT DISTINCT wave FROM streams WHERE survey = $1 AND mechanism = $2 ORDER BY wave",
    );
    Ok(waves.bind(selection.survey).bind(selection.mechanism).fetch_all(connection).await?)
}

async fn streams(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeMap<i64, Holding>, StoreError> {
    let rows: Vec<StreamRow> = sqlx::query_as(
        "SELECT id, version, wave, segment, respondents, sample FROM streams
         WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)",
    )
    .bind(selection.survey)
    .bind(selection.mechanism)
    .bind(selection.wave)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.0, Holding::from(row))).collect())
}

async fn cells(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Vec<CellRow>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT cells.stream, cells.item, cells.cell, cells.count
         FROM cells JOIN streams ON streams.id = cells.stream
         WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)",
    );
    let rows = rows.bind(selection.survey).bind(selection.mechanism).bind(selection.wave);
    Ok(rows.fetch_all(connection).await?)
}

async fn told(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Vec<ToldBefore>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT told.detail, told.stream, told.label, told.item, told.cell, told.count
         FROM told JOIN streams ON streams.id = told.stream
         WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)
         ORDER BY told.detail, told.stream, told.label, told.item",
    );
    let rows = rows.bind(selection.survey).bind(selection.mechanism).bind(selection.wave);
    let rows: Vec<ToldRow> = rows.fetch_all(connection).await?;
    let mut told: Vec<ToldBefore> = Vec::new();
    for (detail, stream, label, item, cell, count) in rows {
        let Some(detail) = usize::try_from(detail).ok().and_then(|detail| Detail::ALL.get(detail).copied())
        else {
            continue;
        };
        let is_same = |last: &&mut ToldBefore| {
            (last.detail, last.stream, last.label, &last.item) == (detail, stream, label, &item)
        };
        let count = from_sql(count);
        match told.last_mut().filter(is_same) {
            Some(last) => add_told(&mut last.totals, cell, count),
            None => {
                let mut totals = LineTotals::default();
                add_told(&mut totals, cell, count);
                told.push(ToldBefore { detail, stream, label, item, totals });
            }
        }
    }
    Ok(told)
}

impl From<StreamRow> for Holding {
    fn from((stream, version, wave, segment, respondents, sample): StreamRow) -> Self {
        Self {
            stream,
            version: u32::try_from(version).unwrap_or(0),
            wave,
            // Written by the collector itself from a checked segment.
            segment: serde_json::from_str(&segment).map(from_map).unwrap_or_default(),
            respondents: from_sql(respondents),
            sample: from_sql(sample),
            items: BTreeMap::new(),
            lines: BTreeMap::new(),
        }
    }
}

fn from_map(values: BTreeMap<String, String>) -> Segment {
    values.into_iter().collect()
}

fn add_told(totals: &mut LineTotals, cell: i64, count: u64) {
    if cell == RESPONDENTS {
        totals.respondents = count;
    } else {
        add_cell(&mut totals.counts, cell, count);
    }
}

fn add_cell(counts: &mut Counts, cell: i64, count: u64) {
    if cell == MISSING {
        counts.missing = count;
        return;
    }
    // A checked release has at most 181 cells a line, and 91 products, so this stays small.
    let Ok(cell) = usize::try_from(cell) else { return };
    let mut one = Counts::empty(cell + 1);
    if let Some(only) = one.cells.last_mut() {
        *only = count;
    }
    counts.merge(&one);
}
