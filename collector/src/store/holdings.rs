use super::rows::{Rows, cells, grouped};
use super::told::told;
use super::{Store, StoreError, from_sql};
use puls_analysis::disclosure::{Holding, Holdings};
use puls_core::definition::{Definition, MechanismKind};
use puls_core::joint::JointSums;
use puls_core::segment::Segment;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, FromRow, SqliteConnection};
use std::collections::BTreeMap;

/// Which totals are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a> {
    pub(crate) survey: &'a str,
    /// As releases state it.
    pub(crate) mechanism: &'a str,
    /// All of them when `None`.
    pub(crate) wave: Option<&'a str>,
    /// Every version of the survey, which says how many cells each line has.
    pub(crate) versions: &'a BTreeMap<u32, &'a Definition>,
}

impl Selection<'_> {
    /// The rows that a statement finds, of which $1, $2 and $3 are survey, mechanism and wave.
    pub(super) async fn rows<R>(
        &self,
        connection: &mut SqliteConnection,
        statement: &'static str,
    ) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let statement = sqlx::query_as(statement).bind(self.survey).bind(self.mechanism).bind(self.wave);
        Ok(statement.fetch_all(connection).await?)
    }
}

/// A row of `streams`, without the survey and the mechanism.
#[derive(sqlx::FromRow)]
pub(super) struct Stream {
    id: i64,
    version: i64,
    pub(super) wave: String,
    segment: String,
    respondents: i64,
    sample: i64,
}

impl Store {
    /// What is held for `selection`.
    pub(crate) async fn holdings(&self, selection: &Selection<'_>) -> Result<Holdings, StoreError> {
        let mut connection = self.reads().acquire().await?;
        // One transaction, so that respondents and cells are of the same moment.
        let mut transaction = connection.begin().await?;
        let found = holdings(&mut transaction, selection).await;
        let ended = transaction.rollback().await;
        // SQLite may have rolled back by itself, which the connection wouldn't know.
        if found.is_err() || ended.is_err() {
            connection.close_on_drop();
        }
        found
    }
}

/// What is held for `selection` as a transaction sees it.
pub(super) async fn holdings(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Holdings, StoreError> {
    let waves = waves(connection, selection).await?;
    let rows = streams(connection, selection).await?;
    let lines = received_lines(connection, selection).await?;
    let joint = received_products(connection, selection).await?;
    let told = told(connection, selection, &rows).await?;
    let mut streams = Vec::new();
    for stream in rows.values() {
        // Every version that was ever served is known.
        if let Some(definition) = selection.versions.get(&stream.version()) {
            streams.push(stream.holding(definition, &lines, joint.get(&stream.id))?);
        }
    }
    Ok(Holdings { streams, told, waves })
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
) -> Result<BTreeMap<i64, Stream>, StoreError> {
    let statement = "SELECT id, version, wave, segment, respondents, sample FROM streams
        WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)";
    let rows: Vec<Stream> = selection.rows(connection, statement).await?;
    Ok(rows.into_iter().map(|stream| (stream.id, stream)).collect())
}

async fn received_lines(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeMap<(i64, String), Rows>, StoreError> {
    let statement = "SELECT cells.stream, cells.item, cells.cell, cells.count
        FROM cells JOIN streams ON streams.id = cells.stream
        WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)";
    let rows: Vec<(i64, String, i64, i64)> = selection.rows(connection, statement).await?;
    grouped(rows.into_iter().map(|(stream, line, cell, count)| ((stream, line), cell, count)))
}

async fn received_products(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeMap<i64, Rows>, StoreError> {
    let statement = "SELECT products.stream, products.product, products.sum
        FROM products JOIN streams ON streams.id = products.stream
        WHERE streams.survey = $1 AND streams.mechanism = $2 AND streams.wave = COALESCE($3, streams.wave)";
    let rows: Vec<(i64, i64, i64)> = selection.rows(connection, statement).await?;
    grouped(rows)
}

impl Stream {
    pub(super) fn version(&self) -> u32 {
        u32::try_from(self.version).unwrap_or(0)
    }

    /// Written by the collector itself from a checked segment.
    pub(super) fn segment(&self) -> Segment {
        let values: BTreeMap<String, String> = serde_json::from_str(&self.segment).unwrap_or_default();
        values.into_iter().collect()
    }

    /// What is held of it, where `lines` and `joint` are the rows of all streams and of its own.
    fn holding(
        &self,
        definition: &Definition,
        lines: &BTreeMap<(i64, String), Rows>,
        joint: Option<&Rows>,
    ) -> Result<Holding, StoreError> {
        let (respondents, nothing) = (from_sql(self.respondents), Rows::default());
        // Where each line is released by itself, nobody is counted on one that has no rows.
        let is_apart = matches!(definition.privacy.kind(), MechanismKind::Direct | MechanismKind::Sealed);
        let everybody = if is_apart { 0 } else { respondents };
        let mut totals = BTreeMap::new();
        for (line, cells) in cells(definition) {
            let rows = lines.get(&(self.id, line.clone())).unwrap_or(&nothing);
            totals.insert(line, rows.line(cells, everybody)?);
        }
        let sums = |nobody| joint.unwrap_or(&nothing).joint(nobody);
        Ok(Holding {
            version: self.version(),
            wave: self.wave.clone(),
            segment: self.segment(),
            respondents,
            sample: from_sql(self.sample),
            lines: totals,
            joint: JointSums::empty(definition).map(sums).transpose()?,
        })
    }
}
