use super::ledgers::Ledgers;
use super::{Block, Holding, Holdings, LineShown, LineTotals, Publications, Totals};
use crate::line::Line;
use crate::versions::Shared;
use puls_core::definition::{Counted, Definition};
use puls_core::segment::Segment;
use puls_core::wave::Day;
use std::collections::BTreeMap;

/// All that a store holds of a survey, ready to be published, and to be added up for any segment.
#[derive(Debug, Clone)]
pub struct SurveyDisclosure<'a> {
    definition: &'a Definition,
    /// What each version that there are answers of has in common with the present one.
    shared: BTreeMap<u32, Shared>,
    received: Vec<Holding>,
    waves: Vec<String>,
    /// The ledgers, if answers are counted exactly; randomised ones are never withheld.
    ledgers: Option<Ledgers<'a>>,
}

impl<'a> SurveyDisclosure<'a> {
    /// Takes the `holdings` of a survey. `definition` is its present version, and `versions` are all that it ever had.
    /// Holdings of versions that aren't among them are left out.
    pub fn new(
        definition: &'a Definition,
        versions: &BTreeMap<u32, &Definition>,
        holdings: Holdings,
    ) -> Self {
        let Holdings { received, published, waves } = holdings;
        let shared = |holding: &Holding| {
            let version = versions.get(&holding.version);
            (holding.version, version.map_or_else(Shared::default, |version| Shared::of(definition, version)))
        };
        let shared = received.iter().map(shared).collect();
        let ledgers = Ledgers::new(definition, &shared, &received, &published);
        Self { definition, shared, received, waves, ledgers }
    }

    /// Publishes all that may be published `today`, and returns what wasn't published before. Nobody may be shown that
    /// before the store has kept it.
    pub fn settle(&mut self, today: Day) -> Publications {
        self.ledgers.as_mut().map_or_else(Publications::default, |ledgers| ledgers.settle(today))
    }

    /// All waves of which something was received, oldest first.
    pub fn waves(&self) -> &[String] {
        &self.waves
    }

    /// What is published of the people with the segment values in `filter`.
    pub fn totals(&self, filter: &Segment) -> Totals {
        let fits = |of: &Segment| filter.iter().all(|pair| of.iter().any(|other| other == pair));
        let holdings: Vec<&Holding> = self
            .received
            .iter()
            .filter(|holding| fits(&holding.segment) && self.is_shared(holding))
            .collect();
        let sum = |count: fn(&Holding) -> u64| {
            holdings.iter().fold(0_u64, |sum, holding| sum.saturating_add(count(holding)))
        };
        let counted = self.definition.counted();
        let lines = counted.iter().map(|line| (line.id.to_owned(), self.shown(line, &holdings, filter)));
        let joint =
            |ledgers: &Ledgers<'_>| ledgers.published_joint(filter, self.joint_respondents(&holdings));
        Totals {
            respondents: sum(|holding| holding.respondents),
            sample: sum(|holding| holding.sample),
            lines: lines.collect(),
            joint: self.ledgers.as_ref().and_then(joint),
        }
    }

    /// Whether any line of the holding's version can be added to the present version's.
    fn is_shared(&self, holding: &Holding) -> bool {
        self.shared.get(&holding.version).is_some_and(|shared| !shared.lines.is_empty())
    }

    fn shown(&self, counted: &Counted<'_>, holdings: &[&Holding], filter: &Segment) -> LineShown {
        let received = self.received(counted, holdings);
        match &self.ledgers {
            None => LineShown::Reports(received),
            Some(ledgers) => LineShown::Published(ledgers.published(counted, filter, received.respondents)),
        }
    }

    /// The sum of what was received of a line, in all versions that share it.
    fn received(&self, counted: &Counted<'_>, holdings: &[&Holding]) -> LineTotals {
        let nobody = Line::of(self.definition, counted).nobody();
        let mut sum = LineTotals { respondents: 0, counts: nobody };
        for holding in holdings {
            let shared = self.shared.get(&holding.version);
            let has_it = shared.is_some_and(|shared| shared.lines.iter().any(|line| line == counted.id));
            if let Some(totals) = holding.lines.get(counted.id).filter(|_| has_it) {
                sum.merge(totals);
            }
        }
        sum
    }

    fn joint_respondents(&self, holdings: &[&Holding]) -> u64 {
        let has_joint =
            |holding: &&&Holding| self.shared.get(&holding.version).is_some_and(|shared| shared.joint);
        let sums = holdings.iter().filter(has_joint).filter_map(|holding| holding.joint.as_ref());
        sums.map(Block::respondents).sum()
    }
}
