use super::Choice;
use super::ledgers::{Ledgers, Told};
use crate::store::{Holding, Holdings, Telling};
use crate::surveys::Surveys;
use puls_core::definition::Definition;
use puls_core::privacy::released_cells;
use puls_core::results::{Results, ToldTotals, Totals};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Day;
use puls_core::withhold::{Detail, LineTotals};
use std::collections::BTreeMap;

/// A survey's totals before they are added up for one segment or another.
pub(super) struct Held<'a> {
    definition: &'a Definition,
    /// Lines by version, as far as their answers are those of the current version.
    shared: BTreeMap<u32, Vec<String>>,
    streams: Vec<Holding>,
    waves: Vec<String>,
    /// Where answers are counted exactly.
    ledgers: Option<Ledgers<'a>>,
    /// What had been told of each line there, before anything is [settled](Self::settle).
    told: BTreeMap<String, Told>,
}

impl<'a> Held<'a> {
    pub(super) fn new(surveys: &Surveys, definition: &'a Definition, holdings: Holdings) -> Self {
        let Holdings { streams, told, waves } = holdings;
        let versions = streams.iter().map(|holding| holding.version);
        let shared = versions.map(|version| (version, surveys.lines_shared(definition, version))).collect();
        let ledgers = definition.tiers().map(|_| Ledgers::new(surveys, definition, &streams, &told));
        let told = ledgers.as_ref().map(Ledgers::told).unwrap_or_default();
        Self { definition, shared, streams, waves, ledgers, told }
    }

    /// Tells readers all that they may be told `today`, and returns what they weren't told before.
    pub(super) fn settle(&mut self, today: Day) -> Vec<Telling> {
        self.ledgers.as_mut().map_or_else(Vec::new, |ledgers| ledgers.settle(today))
    }

    /// The values of the segment `by`.
    pub(super) fn values(&self, by: &str) -> &'a [String] {
        let declared = self.definition.segments.iter().find(|(name, _)| name == by);
        declared.map_or(&[], |(_, values)| values)
    }

    /// The results for one segment.
    pub(super) fn results(&self, choice: &Choice, segment: BTreeMap<String, String>) -> Results {
        let whole = (!segment.is_empty()).then(|| self.totals(&BTreeMap::new()));
        Results::of(
            self.definition,
            &self.totals(&segment),
            whole.as_ref(),
            choice.wave.clone(),
            self.waves.clone(),
            segment,
            self.definition.language(&choice.language),
        )
    }

    fn totals(&self, segment: &BTreeMap<String, String>) -> Totals {
        let fits =
            |of: &Segment| segment.iter().all(|(name, value)| of.iter().any(|pair| pair == (name, value)));
        let mut totals = Totals::default();
        let mut lines = self.empty();
        for holding in self.streams.iter().filter(|holding| fits(&holding.segment)) {
            self.add(&mut totals, &mut lines, holding);
        }
        let told = |(line, received): (String, LineTotals)| {
            let totals = match &self.ledgers {
                None => ToldTotals::all(&received),
                Some(_) => ToldTotals { respondents: received.respondents, told: self.told_of(&line, fits) },
            };
            (line, totals)
        };
        Totals { items: lines.into_iter().map(told).collect(), ..totals }
    }

    fn told_of(&self, line: &str, fits: impl Fn(&Segment) -> bool) -> BTreeMap<Detail, LineTotals> {
        let sum = |(detail, groups): (&Detail, &BTreeMap<Segment, LineTotals>)| {
            let mut sum = LineTotals::default();
            groups.iter().filter(|(group, _)| fits(group)).for_each(|(_, totals)| sum.merge(totals));
            (*detail, sum)
        };
        self.told.get(line).into_iter().flatten().map(sum).collect()
    }

    /// Every line, with nobody's counts.
    fn empty(&self) -> BTreeMap<String, LineTotals> {
        let counted = self.definition.counted();
        let lines = counted.iter().map(|line| {
            let counts = Counts::empty(released_cells(self.definition, line));
            (line.id.to_owned(), LineTotals { respondents: 0, counts })
        });
        let joint = self.definition.joint_sums().map(|(name, _)| (name, LineTotals::default()));
        lines.chain(joint).collect()
    }

    /// Adds what one version holds of the lines that it shares with the current one.
    fn add(&self, totals: &mut Totals, lines: &mut BTreeMap<String, LineTotals>, holding: &Holding) {
        let shared = self.shared.get(&holding.version).map_or(&[][..], Vec::as_slice);
        if shared.is_empty() {
            return;
        }
        totals.respondents = totals.respondents.saturating_add(holding.respondents);
        totals.sample = totals.sample.saturating_add(holding.sample);
        for line in shared {
            if let Some(sum) = lines.get_mut(line) {
                sum.merge(&holding.line(line));
            }
        }
    }
}
