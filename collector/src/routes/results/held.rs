use super::Choice;
use crate::store::Holding;
use crate::surveys::Surveys;
use puls_core::definition::{Counted, Definition};
use puls_core::privacy::released_cells;
use puls_core::results::{LineTotals, Results, Totals};
use puls_core::summary::Counts;
use std::collections::BTreeMap;

/// A survey's totals before they are added up for one segment or another.
pub(super) struct Held<'a> {
    definition: &'a Definition,
    /// Lines by version, as far as their answers are those of the current version.
    shared: BTreeMap<u32, Vec<String>>,
    holdings: Vec<Holding>,
    waves: Vec<String>,
}

impl<'a> Held<'a> {
    pub(super) fn new(
        surveys: &Surveys,
        definition: &'a Definition,
        holdings: Vec<Holding>,
        waves: Vec<String>,
    ) -> Self {
        let versions = holdings.iter().map(|holding| holding.version);
        let shared = versions.map(|version| (version, surveys.lines_shared(definition, version))).collect();
        Self { definition, shared, holdings, waves }
    }

    /// The values of the segment `by`.
    pub(super) fn values(&self, by: &str) -> &'a [String] {
        let declared = self.definition.segments.iter().find(|(name, _)| name == by);
        declared.map_or(&[], |(_, values)| values)
    }

    /// The results for one segment.
    pub(super) fn results(&self, choice: &Choice, segment: BTreeMap<String, String>) -> Results {
        Results::of(
            self.definition,
            &self.totals(&segment),
            choice.wave.clone(),
            self.waves.clone(),
            segment,
            self.definition.language(&choice.language),
        )
    }

    fn totals(&self, segment: &BTreeMap<String, String>) -> Totals {
        let empty = |line: &Counted<'_>| {
            let counts = Counts::empty(released_cells(self.definition, line));
            (line.id.to_owned(), LineTotals { respondents: 0, counts })
        };
        let mut items: BTreeMap<_, _> = self.definition.counted().iter().map(empty).collect();
        items.extend(self.definition.joint_sums().map(|(name, _)| (name, LineTotals::default())));
        let mut totals = Totals { items, ..Totals::default() };
        let fits =
            |holding: &&Holding| segment.iter().all(|(name, value)| holding.segment.get(name) == Some(value));
        for holding in self.holdings.iter().filter(fits) {
            self.add(&mut totals, holding);
        }
        totals
    }

    /// Adds what one version holds of the lines that it shares with the current one.
    fn add(&self, totals: &mut Totals, holding: &Holding) {
        let shared = self.shared.get(&holding.version).map_or(&[][..], Vec::as_slice);
        if shared.is_empty() {
            return;
        }
        totals.respondents = totals.respondents.saturating_add(holding.respondents);
        totals.sample = totals.sample.saturating_add(holding.sample);
        for line in shared {
            let Some(sum) = totals.items.get_mut(line) else { continue };
            sum.respondents = sum.respondents.saturating_add(holding.respondents_of(line));
            if let Some(counts) = holding.items.get(line) {
                sum.counts.merge(counts);
            }
        }
    }
}
