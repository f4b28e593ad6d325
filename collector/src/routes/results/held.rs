use super::Choice;
use super::ledgers::Ledgers;
use crate::store::{Holding, Holdings, Tellings};
use crate::surveys::{Shared, Surveys};
use puls_analysis::disclosure::{Block, LineTotals};
use puls_analysis::line::Line;
use puls_analysis::results::{LineShown, Results, Totals};
use puls_core::definition::{Counted, Definition};
use puls_core::segment::Segment;
use puls_core::wave::Day;
use std::collections::BTreeMap;

/// A survey's totals before they are added up for one segment or another.
pub(super) struct Held<'a> {
    definition: &'a Definition,
    /// What each version has in common with the present one.
    shared: BTreeMap<u32, Shared>,
    streams: Vec<Holding>,
    waves: Vec<String>,
    /// Where answers are counted exactly.
    ledgers: Option<Ledgers<'a>>,
}

impl<'a> Held<'a> {
    pub(super) fn new(surveys: &Surveys, definition: &'a Definition, holdings: Holdings) -> Self {
        let Holdings { streams, told, waves } = holdings;
        let versions = streams.iter().map(|holding| holding.version);
        let shared = versions.map(|version| (version, surveys.shared(definition, version))).collect();
        let ledgers = Ledgers::new(surveys, definition, &streams, &told);
        Self { definition, shared, streams, waves, ledgers }
    }

    /// Tells readers all that they may be told `today`, and returns what they weren't told before.
    pub(super) fn settle(&mut self, today: Day) -> Tellings {
        self.ledgers.as_mut().map_or_else(Tellings::default, |ledgers| ledgers.settle(today))
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
            &self.totals(&segment.clone().into_iter().collect()),
            choice.wave.clone(),
            self.waves.clone(),
            segment,
            self.definition.language(&choice.language),
        )
    }

    fn totals(&self, filter: &Segment) -> Totals {
        let fits = |of: &Segment| filter.iter().all(|pair| of.iter().any(|other| other == pair));
        let streams: Vec<&Holding> =
            self.streams.iter().filter(|holding| fits(&holding.segment) && self.is_shared(holding)).collect();
        let sum = |count: fn(&Holding) -> u64| {
            streams.iter().fold(0_u64, |sum, holding| sum.saturating_add(count(holding)))
        };
        let counted = self.definition.counted();
        let lines = counted.iter().map(|line| (line.id.to_owned(), self.shown(line, &streams, filter)));
        let joint = |ledgers: &Ledgers<'_>| ledgers.published_joint(filter, self.joint_respondents(&streams));
        Totals {
            respondents: sum(|holding| holding.respondents),
            sample: sum(|holding| holding.sample),
            lines: lines.collect(),
            joint: self.ledgers.as_ref().and_then(joint),
        }
    }

    /// Whether any of a version's lines can be added to those of the present one.
    fn is_shared(&self, holding: &Holding) -> bool {
        self.shared.get(&holding.version).is_some_and(|shared| !shared.lines.is_empty())
    }

    fn shown(&self, counted: &Counted<'_>, streams: &[&Holding], filter: &Segment) -> LineShown {
        let received = self.received(counted, streams);
        match &self.ledgers {
            None => LineShown::Reports(received),
            Some(ledgers) => LineShown::Published(ledgers.published(counted, filter, received.respondents)),
        }
    }

    /// What was received of a line, in all versions that share it.
    fn received(&self, counted: &Counted<'_>, streams: &[&Holding]) -> LineTotals {
        let nobody = Line::of(self.definition, counted).nobody();
        let mut sum = LineTotals { respondents: 0, counts: nobody };
        for holding in streams {
            let shared = self.shared.get(&holding.version);
            let has_it = shared.is_some_and(|shared| shared.lines.iter().any(|line| line == counted.id));
            if let Some(totals) = holding.lines.get(counted.id).filter(|_| has_it) {
                sum.merge(totals);
            }
        }
        sum
    }

    fn joint_respondents(&self, streams: &[&Holding]) -> u64 {
        let has_joint =
            |holding: &&&Holding| self.shared.get(&holding.version).is_some_and(|shared| shared.joint);
        let sums = streams.iter().filter(has_joint).filter_map(|holding| holding.joint.as_ref());
        sums.map(Block::respondents).sum()
    }
}
