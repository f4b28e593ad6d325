use super::publishing::published;
use super::sums::{JointRow, LineRow};
use super::{Sqlite, SqliteError, from_sql};
use crate::store::Selection;
use crate::store::shape::Shape;
use puls_analysis::disclosure::{Holding, Holdings};
use puls_core::segment::Segment;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, FromRow, SqliteConnection};
use std::collections::BTreeMap;

impl Selection<'_> {
    /// The rows that a statement finds. Its parameters $1, $2 and $3 are survey, mechanism and wave.
    pub(super) async fn rows<R>(
        &self,
        connection: &mut SqliteConnection,
        statement: &'static str,
    ) -> Result<Vec<R>, SqliteError>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let statement = sqlx::query_as(statement).bind(self.survey).bind(self.mechanism).bind(self.wave);
        Ok(statement.fetch_all(connection).await?)
    }
}

/// A row of `holdings`: a group, whose sums are in other tables.
#[derive(FromRow)]
pub(super) struct Group {
    id: i64,
    version: i64,
    pub(super) wave: String,
    segment: String,
    respondents: i64,
    sample: i64,
}

impl Group {
    pub(super) fn version(&self) -> u32 {
        u32::try_from(self.version).unwrap_or(0)
    }

    pub(super) fn segment(&self) -> Segment {
        segment(&self.segment)
    }
}

/// Reads a segment that the collector itself has written.
pub(super) fn segment(json: &str) -> Segment {
    let values: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    values.into_iter().collect()
}

/// The groups of a selection by their ids, each with the shape of its version. All versions that were ever served are
/// known.
pub(super) type Groups<'a> = BTreeMap<i64, (Group, &'a Shape)>;

/// Reads what is held of `selection`, all of one moment.
pub(super) async fn snapshot(database: &Sqlite, selection: &Selection<'_>) -> Result<Holdings, SqliteError> {
    let mut connection = database.reads().acquire().await?;
    // A transaction sees the state of one moment.
    let mut transaction = connection.begin().await?;
    let found = holdings(&mut transaction, selection).await;
    let ended = transaction.rollback().await;
    // SQLite may have rolled back by itself, which the connection doesn't notice.
    if found.is_err() || ended.is_err() {
        connection.close_on_drop();
    }
    found
}

/// Reads what is held of `selection`, as a transaction sees it.
pub(super) async fn holdings(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Holdings, SqliteError> {
    let shapes = selection.versions.iter().map(|(version, definition)| (*version, Shape::of(definition)));
    let shapes: BTreeMap<u32, Shape> = shapes.collect();
    let groups = groups(connection, selection, &shapes).await?;
    let mut lines = lines(connection, selection).await?;
    let mut joint = joint(connection, selection).await?;
    let mut received = Vec::new();
    for (id, (group, shape)) in &groups {
        let (respondents, stored) = (from_sql(group.respondents), lines.remove(id).unwrap_or_default());
        let stored = stored.into_iter().map(|row| (row.line, row.sums.into())).collect();
        received.push(Holding {
            version: group.version(),
            wave: group.wave.clone(),
            segment: group.segment(),
            respondents,
            sample: from_sql(group.sample),
            lines: shape.lines(stored, respondents)?,
            joint: shape.joint(joint.remove(id).map(Into::into))?,
        });
    }
    let published = published(connection, selection, &groups).await?;
    Ok(Holdings { received, published, waves: waves(connection, selection).await? })
}

async fn waves(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<Vec<String>, SqliteError> {
    let waves = sqlx::query_scalar(
        "SELECT DISTINCT wave FROM holdings WHERE survey = $1 AND mechanism = $2 ORDER BY wave",
    );
    Ok(waves.bind(selection.survey).bind(selection.mechanism).fetch_all(connection).await?)
}

async fn groups<'a>(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    shapes: &'a BTreeMap<u32, Shape>,
) -> Result<Groups<'a>, SqliteError> {
    let statement = "SELECT id, version, wave, segment, respondents, sample FROM holdings
        WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)";
    let groups: Vec<Group> = selection.rows(connection, statement).await?;
    let with_shape = |group: Group| Some((group.id, (shapes.get(&group.version())?, group)));
    let groups = groups.into_iter().filter_map(with_shape);
    Ok(groups.map(|(id, (shape, group))| (id, (group, shape))).collect())
}

#[derive(FromRow)]
struct Line {
    holding: i64,
    line: String,
    #[sqlx(flatten)]
    sums: LineRow,
}

async fn lines(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeMap<i64, Vec<Line>>, SqliteError> {
    let statement = "SELECT lines.holding, lines.line, lines.respondents, lines.missing, lines.cells
        FROM lines JOIN holdings ON holdings.id = lines.holding
        WHERE holdings.survey = $1 AND holdings.mechanism = $2 AND holdings.wave = COALESCE($3, holdings.wave)";
    let mut lines: BTreeMap<i64, Vec<Line>> = BTreeMap::new();
    for line in selection.rows::<Line>(connection, statement).await? {
        lines.entry(line.holding).or_default().push(line);
    }
    Ok(lines)
}

#[derive(FromRow)]
struct Joint {
    holding: i64,
    #[sqlx(flatten)]
    sums: JointRow,
}

async fn joint(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeMap<i64, JointRow>, SqliteError> {
    let statement = "SELECT joint.holding, joint.missing, joint.products
        FROM joint JOIN holdings ON holdings.id = joint.holding
        WHERE holdings.survey = $1 AND holdings.mechanism = $2 AND holdings.wave = COALESCE($3, holdings.wave)";
    let rows: Vec<Joint> = selection.rows(connection, statement).await?;
    Ok(rows.into_iter().map(|row| (row.holding, row.sums)).collect())
}
