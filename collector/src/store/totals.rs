use super::releases::{MISSING, RESPONDENTS};
use super::{Store, StoreError, from_sql};
use puls_core::summary::Counts;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// Which totals are asked for.
pub(crate) struct Selection<'a> {
    pub(crate) survey: &'a str,
    /// As releases state it.
    pub(crate) mechanism: String,
    /// All of them when `None`.
    pub(crate) wave: Option<&'a str>,
}

/// What is held of one version and segment.
pub(crate) struct Holding {
    pub(crate) version: u32,
    pub(crate) segment: BTreeMap<String, String>,
    pub(crate) respondents: u64,
    pub(crate) sample: u64,
    pub(crate) items: BTreeMap<String, Counts>,
    /// People by line, where each line is released by itself.
    lines: BTreeMap<String, u64>,
}

impl Holding {
    /// How many people were asked a line.
    pub(crate) fn respondents_of(&self, line: &str) -> u64 {
        if self.lines.is_empty() { self.respondents } else { self.lines.get(line).copied().unwrap_or(0) }
    }

    fn add_cell(&mut self, item: String, cell: i64, count: u64) {
        if cell == RESPONDENTS {
            self.lines.insert(item, count);
        } else {
            add_cell(self.items.entry(item).or_default(), cell, count);
        }
    }
}

/// Version, segment, respondents, sample.
type StreamRow = (i64, String, i64, i64);

/// Version, segment, item, cell, count.
type CellRow = (i64, String, String, i64, i64);

type Holdings = BTreeMap<(i64, String), Holding>;

impl Store {
    /// What is held for `selection`, and the waves that there is anything of, oldest first.
    pub(crate) async fn holdings(
        &self,
        selection: &Selection<'_>,
    ) -> Result<(Vec<Holding>, Vec<String>), StoreError> {
        // One transaction, so that respondents and cells are of the same moment.
        let mut transaction = self.reads.begin().await?;
        let waves = waves(&mut transaction, selection).await?;
        let mut holdings = respondents(&mut transaction, selection).await?;
        for (version, segment, item, cell, count) in cells(&mut transaction, selection).await? {
            if let Some(holding) = holdings.get_mut(&(version, segment)) {
                holding.add_cell(item, cell, from_sql(count));
            }
        }
        Ok((holdings.into_values().collect(), waves))
    }
}

async fn waves(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Vec<String>, StoreError> {
    let waves = sqlx::query_scalar(
        "SELECT DISTINCT wave FROM streams WHERE survey = $1 AND mechanism = $2 ORDER BY wave",
    );
    Ok(waves.bind(selection.survey).bind(&selection.mechanism).fetch_all(connection).await?)
}

async fn respondents(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Holdings, StoreError> {
    let rows: Vec<StreamRow> = sqlx::query_as(
        "SELECT version, segment,
             CAST(SUM(respondents) AS BIGINT) AS respondents,
             CAST(SUM(sample) AS BIGINT) AS sample
         FROM streams
         WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)
         GROUP BY version, segment",
    )
    .bind(selection.survey)
    .bind(&selection.mechanism)
    .bind(selection.wave)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.0, row.1.clone()), Holding::from(row))).collect())
}

async fn cells(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Vec<CellRow>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT streams.version, streams.segment, cells.item, cells.cell,
             CAST(SUM(cells.count) AS BIGINT) AS count
         FROM cells JOIN streams ON streams.id = cells.stream
         WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)
         GROUP BY streams.version, streams.segment, cells.item, cells.cell",
    );
    let rows = rows.bind(selection.survey).bind(&selection.mechanism).bind(selection.wave);
    Ok(rows.fetch_all(connection).await?)
}

impl From<StreamRow> for Holding {
    fn from((version, segment, respondents, sample): StreamRow) -> Self {
        Self {
            version: u32::try_from(version).unwrap_or(0),
            // Written by the collector itself from a checked segment.
            segment: serde_json::from_str(&segment).unwrap_or_default(),
            respondents: from_sql(respondents),
            sample: from_sql(sample),
            items: BTreeMap::new(),
            lines: BTreeMap::new(),
        }
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
