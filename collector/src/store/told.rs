use super::releases::{MISSING, RESPONDENTS};
use super::totals::{Holdings, Selection, holdings};
use super::{Store, StoreError, to_sql};
use puls_core::segment::Segment;
use puls_core::withhold::{Detail, LineTotals};
use sqlx::SqliteConnection;

/// Something that readers haven't been shown before, and are from now on.
pub(crate) struct Telling {
    pub(crate) detail: Detail,
    /// A stream of the same version and wave.
    pub(crate) beside: i64,
    /// Which segment's answers.
    pub(crate) from: Segment,
    /// As which segment's.
    pub(crate) of: Segment,
    pub(crate) item: String,
    pub(crate) totals: LineTotals,
}

impl Store {
    /// Notes what readers are shown from now on: whatever `due` finds in what is held, in one transaction, so that
    /// two readers who look at once are shown the same.
    pub(crate) async fn tell(
        &self,
        selection: &Selection<'_>,
        due: impl FnOnce(Holdings) -> Vec<Telling>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        for telling in due(holdings(&mut transaction, selection).await?) {
            add(&mut transaction, &telling).await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn add(connection: &mut SqliteConnection, telling: &Telling) -> Result<(), StoreError> {
    let stream = stream_of(connection, telling.beside, &telling.from).await?;
    let label = stream_of(connection, telling.beside, &telling.of).await?;
    let LineTotals { respondents, counts } = &telling.totals;
    let answered = (0_i64..).zip(counts.cells.iter().copied());
    let cells = answered.chain([(MISSING, counts.missing), (RESPONDENTS, *respondents)]);
    for (cell, count) in cells.filter(|(_, count)| *count > 0) {
        sqlx::query(
            "INSERT INTO told (detail, stream, label, item, cell, count) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (detail, stream, label, item, cell) DO UPDATE SET count = told.count + excluded.count",
        )
        .bind(number(telling.detail))
        .bind(stream)
        .bind(label)
        .bind(&telling.item)
        .bind(cell)
        .bind(to_sql(count))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The stream of a segment beside another one's. A group that answers are put together to has none of its own before.
async fn stream_of(
    connection: &mut SqliteConnection,
    beside: i64,
    segment: &Segment,
) -> Result<i64, StoreError> {
    let stream = sqlx::query_scalar(
        "INSERT INTO streams (survey, version, wave, segment, mechanism, respondents, sample)
         SELECT survey, version, wave, $2, mechanism, 0, 0 FROM streams WHERE id = $1
         ON CONFLICT (survey, version, wave, segment, mechanism) DO UPDATE SET sample = streams.sample
         RETURNING id",
    );
    Ok(stream.bind(beside).bind(segment.to_string()).fetch_one(connection).await?)
}

/// As the database has it.
fn number(detail: Detail) -> i64 {
    (0..).zip(Detail::ALL).find(|(_, known)| *known == detail).map_or(0, |(number, _)| number)
}
