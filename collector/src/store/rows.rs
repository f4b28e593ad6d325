//! Rows of the database as the sums that they are. A cell in which nobody is has no row, so how many cells there are is
//! known from the definition alone.

use super::releases::{MISSING, RESPONDENTS};
use super::{StoreError, from_sql};
use puls_analysis::disclosure::LineTotals;
use puls_analysis::line::Line;
use puls_core::definition::Definition;
use puls_core::joint::JointSums;
use puls_core::summary::Counts;
use std::collections::BTreeMap;

/// The rows of one line, or of joint lines' products.
#[derive(Default)]
pub(super) struct Rows {
    cells: Vec<(usize, u64)>,
    missing: u64,
    /// Where it has a row of its own.
    respondents: Option<u64>,
}

impl Rows {
    fn add(&mut self, cell: i64, count: i64) -> Result<(), StoreError> {
        let count = from_sql(count);
        match cell {
            MISSING => self.missing = count,
            RESPONDENTS => self.respondents = Some(count),
            _ => self.cells.push((usize::try_from(cell).map_err(|_| StoreError::Cell { cell })?, count)),
        }
        Ok(())
    }

    /// What a line with so many cells has; `respondents` where that has no row of its own.
    pub(super) fn line(&self, cells: usize, respondents: u64) -> Result<LineTotals, StoreError> {
        let counts = Counts::by_cell(cells, self.cells.iter().copied(), self.missing);
        let counts = counts.ok_or_else(|| self.too_many())?;
        Ok(LineTotals { respondents: self.respondents.unwrap_or(respondents), counts })
    }

    /// What a survey's joint lines have.
    pub(super) fn joint(&self, nobody: JointSums) -> Result<JointSums, StoreError> {
        let mut products = vec![0; nobody.products().len()];
        for (product, sum) in &self.cells {
            *products.get_mut(*product).ok_or_else(|| self.too_many())? = *sum;
        }
        nobody.with(products, self.missing).ok_or_else(|| self.too_many())
    }

    fn too_many(&self) -> StoreError {
        let last = self.cells.iter().map(|(cell, _)| *cell).max().unwrap_or(0);
        StoreError::Cell { cell: i64::try_from(last).unwrap_or(i64::MAX) }
    }
}

/// Rows by what they belong to.
pub(super) fn grouped<K: Ord>(
    rows: impl IntoIterator<Item = (K, i64, i64)>,
) -> Result<BTreeMap<K, Rows>, StoreError> {
    let mut grouped: BTreeMap<K, Rows> = BTreeMap::new();
    for (key, cell, count) in rows {
        grouped.entry(key).or_default().add(cell, count)?;
    }
    Ok(grouped)
}

/// How many cells each line of a survey has.
pub(super) fn cells(definition: &Definition) -> BTreeMap<String, usize> {
    let lines = definition.counted();
    lines.iter().map(|line| (line.id.to_owned(), Line::of(definition, line).cells())).collect()
}
