use super::{Sqlite, SqliteError, from_sql};
use crate::store::Selection;
use crate::store::shape::{OtherCells, Shape, StoredJoint, StoredLine};
use puls_analysis::disclosure::{Detail, Entry, Holding, Holdings, OpenGroups, Publication};
use puls_core::segment::Segment;
use sqlx::types::Json;
use sqlx::{Connection, FromRow, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};

/// The groups of a selection. SQLite writes what each of them has in other tables as one list, since a list of a hundred
/// numbers is read a good deal faster than so many rows. Ids need no escaping. Details are named so that a group's rows
/// are looked up by the key of `published_lines`.
const GROUPS: &str = r#"
    SELECT version, wave, segment, respondents, sample,
        (SELECT format('[%s]', group_concat(format('["%s",[%d,%d,%s]]', line, lines.respondents, missing, cells)))
         FROM lines
         WHERE holding = holdings.id AND line IN (SELECT value FROM json_each($4))) AS lines,
        (SELECT format('[%s]', group_concat(format('[%d,%s]', missing, products)))
         FROM joint WHERE holding = holdings.id AND $5) AS joint,
        (SELECT format('[%s]', group_concat(format('["%s",%s,"%s",[%d,%d,%s]]',
            detail, iif(published_as = segment, 'null', published_as), line, published.respondents, missing, cells)))
         FROM published_lines AS published
         WHERE detail IN ('score', 'favourable', 'points') AND holding = holdings.id
            AND line IN (SELECT value FROM json_each($4))) AS published_lines,
        (SELECT format('[%s]', group_concat(format('[%s,[%d,%s]]',
            iif(published_as = segment, 'null', published_as), missing, products)))
         FROM published_joint WHERE holding = holdings.id AND $5) AS published_joint
    FROM holdings
    WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)"#;

/// A group, and what it has in other tables.
#[derive(FromRow)]
struct Group {
    version: u32,
    wave: String,
    segment: Json<Values>,
    respondents: i64,
    sample: i64,
    lines: Json<Vec<(String, LineSums)>>,
    /// At most one.
    joint: Json<Vec<Products>>,
    published_lines: Json<Vec<PublishedLine>>,
    published_joint: Json<Vec<(Option<Values>, Products)>>,
}

/// Values of segments by name.
type Values = BTreeMap<String, String>;

/// Respondents, those without an answer, and cells.
type LineSums = (i64, i64, Vec<u64>);

/// The detail, the group that the line is published as, if that is another one, the line's id, and its sums.
type PublishedLine = (String, Option<Values>, String, LineSums);

/// People without an answer, and sums of products.
type Products = (i64, Vec<u64>);

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
    let shapes = selection.versions.iter();
    let shapes = shapes.map(|(version, definition)| (*version, Shape::of(definition, selection.lines)));
    let shapes: BTreeMap<u32, Shape> = shapes.collect();
    let mut held = Holdings { lines: selection.lines.cloned(), ..Holdings::default() };
    for group in groups(connection, selection, &shapes).await? {
        // All versions that were ever served are known.
        if let Some(shape) = shapes.get(&group.version) {
            group.add_to(&mut held, shape)?;
        }
    }
    held.published.open = opened(connection, selection).await?;
    held.waves = waves(connection, selection).await?;
    Ok(held)
}

async fn groups(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
    shapes: &BTreeMap<u32, Shape>,
) -> Result<Vec<Group>, SqliteError> {
    let lines: BTreeSet<&str> = shapes.values().flat_map(Shape::lines).collect();
    let statement = sqlx::query_as(GROUPS).bind(selection.survey).bind(selection.mechanism);
    let statement = statement.bind(selection.wave).bind(Json(lines));
    let statement = statement.bind(shapes.values().any(Shape::has_joint));
    Ok(statement.fetch_all(connection).await?)
}

impl Group {
    fn add_to(self, held: &mut Holdings, shape: &Shape) -> Result<(), OtherCells> {
        let Self { version, wave, joint: Json(mut joint), .. } = self;
        let segment: Segment = self.segment.0.into_iter().collect();
        let publication = |detail: Detail, of: Option<Values>| {
            let from = segment.clone();
            let of = of.map_or_else(|| segment.clone(), |of| of.into_iter().collect());
            (version, wave.clone(), Entry { detail, from, of })
        };
        for (named, of, line, sums) in self.published_lines.0 {
            let (Some(detail), Some(totals)) = (detail(&named), shape.line(&line, stored(sums))?) else {
                continue;
            };
            let (version, wave, entry) = publication(detail, of);
            held.published.lines.push((line, Publication { version, wave, entry, totals }));
        }
        for (of, products) in self.published_joint.0 {
            let Some(totals) = shape.joint(Some(stored_joint(products)))? else { continue };
            // Joint lines have only one detail.
            let (version, wave, entry) = publication(Detail::Points, of);
            held.published.joint.push(Publication { version, wave, entry, totals });
        }
        let respondents = from_sql(self.respondents);
        let lines = self.lines.0.into_iter().map(|(line, sums)| (line, stored(sums))).collect();
        held.received.push(Holding {
            lines: shape.sums(lines, respondents)?,
            joint: shape.joint(joint.pop().map(stored_joint))?,
            version,
            wave,
            segment,
            respondents,
            sample: from_sql(self.sample),
        });
        Ok(())
    }
}

fn stored((respondents, missing, cells): LineSums) -> StoredLine {
    StoredLine { respondents: from_sql(respondents), missing: from_sql(missing), cells }
}

fn stored_joint((missing, products): Products) -> StoredJoint {
    StoredJoint { missing: from_sql(missing), products }
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

async fn opened(
    connection: &mut SqliteConnection,
    selection: &Selection<'_>,
) -> Result<BTreeSet<OpenGroups>, SqliteError> {
    let statement = sqlx::query_as(
        "SELECT wave, line FROM open_groups WHERE survey = $1 AND mechanism = $2 AND wave = COALESCE($3, wave)",
    );
    let statement = statement.bind(selection.survey).bind(selection.mechanism).bind(selection.wave);
    let rows: Vec<(String, String)> = statement.fetch_all(connection).await?;
    let of = |(wave, line): (String, String)| OpenGroups { wave, line: (!line.is_empty()).then_some(line) };
    Ok(rows.into_iter().map(of).collect())
}

/// The detail's name in the database.
pub(super) fn name(detail: Detail) -> &'static str {
    match detail {
        Detail::Score => "score",
        Detail::Favourable => "favourable",
        Detail::Points => "points",
    }
}

fn detail(named: &str) -> Option<Detail> {
    Detail::ALL.into_iter().find(|detail| name(*detail) == named)
}

#[cfg(test)]
mod tests {
    use crate::store::{Selection, open};
    use puls_analysis::disclosure::{Holdings, SurveyDisclosure};
    use puls_analysis::received::Received;
    use puls_core::definition::Definition;
    use puls_core::wave::Day;
    use puls_documents::{batched, rating, survey};
    use serde_json::json;
    use std::collections::{BTreeMap, BTreeSet};

    #[tokio::test]
    async fn of_some_lines_nothing_else_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&format!("sqlite:{}", folder.path().join("puls.db").display())).await.unwrap();
        let document = survey("s").items(["a", "b", "c"].map(|id| rating(id, 2)));
        let document = document.with("joint", ["a", "b"]).privacy(batched(20));
        let definition = Definition::parse(&document.to_string()).unwrap();
        let line = json!({"cells": [0, 20], "missing": 0});
        let release = json!({
            "format": "puls-release/1", "id": "0".repeat(32), "survey": "s", "version": 1, "wave": "2026-11",
            "segment": {}, "mechanism": {"kind": "batched", "k": 20}, "respondents": 20,
            "items": {"a": line, "b": line, "c": line}, "joint": {"respondents": 20, "products": [20, 20, 20, 20, 20, 20]}
        });
        let release = Received::parse(&release.to_string(), |_, _| Some(&definition)).unwrap();
        store.add(&release).await.unwrap();
        let versions = BTreeMap::from([(1, &definition)]);
        let mechanism = definition.privacy.to_string();
        let all =
            Selection { survey: "s", mechanism: &mechanism, wave: None, lines: None, versions: &versions };
        let today = Day::parse("2026-12-20").unwrap();
        let due = |holdings: Holdings| SurveyDisclosure::new(&definition, &versions, holdings).settle(today);
        store.publish(&all, &due).await.unwrap();

        let held = store.holdings(&all).await.unwrap();
        assert_eq!((held.received[0].lines.len(), held.published.joint.len()), (3, 1));
        for (names, has_joint) in [(vec!["c"], false), (vec!["a", "c"], false), (vec!["a", "b"], true)] {
            let names: BTreeSet<String> = names.into_iter().map(str::to_owned).collect();
            let mut expected = Holdings { lines: Some(names.clone()), ..held.clone() };
            expected.received[0].lines.retain(|line, _| names.contains(line));
            expected.published.lines.retain(|(line, _)| names.contains(line));
            if !has_joint {
                (expected.received[0].joint, expected.published.joint) = (None, Vec::new());
            }
            assert_eq!(
                store.holdings(&Selection { lines: Some(&names), ..all }).await.unwrap(),
                expected,
                "{names:?}"
            );
        }
    }
}
