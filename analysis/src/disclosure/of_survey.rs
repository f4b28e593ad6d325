use super::ledgers::Ledgers;
use super::{Block, Holding, Holdings, LineShown, LineTotals, Publications, Totals};
use crate::line::Line;
use crate::versions::Shared;
use puls_core::definition::{Counted, Definition};
use puls_core::segment::Segment;
use puls_core::wave::Day;
use std::collections::BTreeMap;

/// What is held and published of a survey, before it is added up for one segment or another.
#[derive(Debug, Clone)]
pub struct OfSurvey<'a> {
    definition: &'a Definition,
    /// What each version has in common with the present one.
    shared: BTreeMap<u32, Shared>,
    streams: Vec<Holding>,
    waves: Vec<String>,
    /// Where answers are counted exactly, and so withheld until there are enough.
    ledgers: Option<Ledgers<'a>>,
}

impl<'a> OfSurvey<'a> {
    /// What is held of the survey that `definition` is the present version of. `versions` are all that it ever had; what is held of
    /// another one is left out.
    pub fn new(
        definition: &'a Definition,
        versions: &BTreeMap<u32, &Definition>,
        holdings: Holdings,
    ) -> Self {
        let Holdings { streams, published, waves } = holdings;
        let shared = |holding: &Holding| {
            let version = versions.get(&holding.version);
            (holding.version, version.map_or_else(Shared::default, |version| Shared::of(definition, version)))
        };
        let shared = streams.iter().map(shared).collect();
        let ledgers = Ledgers::new(definition, &shared, &streams, &published);
        Self { definition, shared, streams, waves, ledgers }
    }

    /// Publishes all that may be published `today`, and returns what wasn't published before. As long as a store hasn't kept that,
    /// nobody may be shown it.
    pub fn settle(&mut self, today: Day) -> Publications {
        self.ledgers.as_mut().map_or_else(Publications::default, |ledgers| ledgers.settle(today))
    }

    /// The waves that there is anything of, oldest first.
    pub fn waves(&self) -> &[String] {
        &self.waves
    }

    /// What is published of everybody who has the segment values of `filter`.
    pub fn totals(&self, filter: &Segment) -> Totals {
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
