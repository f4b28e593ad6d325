use super::Choice;
use crate::store::Holding;
use crate::surveys::Surveys;
use puls_core::definition::Definition;
use puls_core::privacy::released_cells;
use puls_core::results::{Results, Totals};
use puls_core::summary::Counts;
use std::collections::BTreeMap;

/// A survey's totals before they are added up for one segment or another.
pub(super) struct Held<'a> {
    definition: &'a Definition,
    /// Items by version, as far as their answers are those of the current version.
    shared: BTreeMap<u32, Vec<&'a str>>,
    holdings: Vec<Holding>,
    waves: Vec<String>,
}

impl<'a> Held<'a> {
    pub(super) fn new(
        surveys: &'a Surveys,
        definition: &'a Definition,
        holdings: Vec<Holding>,
        waves: Vec<String>,
    ) -> Self {
        let versions = holdings.iter().map(|holding| holding.version);
        let shared =
            versions.map(|version| (version, surveys.items_shared(definition, version).collect())).collect();
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
        let items = self.definition.counted().map(|item| {
            (item.id.clone(), Counts::empty(released_cells(&self.definition.privacy, &item.kind)))
        });
        let mut totals = Totals { items: items.collect(), ..Totals::default() };
        let fits =
            |holding: &&Holding| segment.iter().all(|(name, value)| holding.segment.get(name) == Some(value));
        for holding in self.holdings.iter().filter(fits) {
            self.add(&mut totals, holding);
        }
        totals
    }

    /// Adds what one version holds of the items that it shares with the current one.
    fn add(&self, totals: &mut Totals, holding: &Holding) {
        let shared = self.shared.get(&holding.version).map_or(&[][..], Vec::as_slice);
        if shared.is_empty() {
            return;
        }
        totals.respondents = totals.respondents.saturating_add(holding.respondents);
        totals.sample = totals.sample.saturating_add(holding.sample);
        for item in shared {
            if let (Some(sum), Some(counts)) = (totals.items.get_mut(*item), holding.items.get(*item)) {
                sum.merge(counts);
            }
        }
    }
}
