use super::ledgers::Ledgers;
use super::{Block, Holding, Holdings, LineShown, LineTotals, Publications, Totals};
use crate::line::Line;
use crate::versions::Shared;
use puls_core::definition::{Counted, Definition};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Day;
use std::collections::{BTreeMap, BTreeSet};

/// All that a store holds of a survey, ready to be published, and to be added up for any segment.
#[derive(Debug, Clone)]
pub struct SurveyDisclosure<'a> {
    definition: &'a Definition,
    /// What each version that there are answers of has in common with the present one.
    shared: BTreeMap<u32, Shared>,
    received: Vec<Holding>,
    waves: Vec<String>,
    /// The lines that it is of; all if it is `None`.
    lines: Option<BTreeSet<String>>,
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
        let Holdings { received, published, waves, lines } = holdings;
        let shared = |holding: &Holding| {
            let version = versions.get(&holding.version);
            (holding.version, version.map_or_else(Shared::default, |version| Shared::of(definition, version)))
        };
        let shared = received.iter().map(shared).collect();
        let ledgers = Ledgers::new(definition, &shared, &received, published);
        Self { definition, shared, received, waves, lines, ledgers }
    }

    /// Publishes all that may be published `today`, and returns what wasn't published before. Nobody may be shown that
    /// before the store has kept it.
    pub fn settle(&mut self, today: Day) -> Publications {
        self.ledgers
            .as_mut()
            .map_or_else(Publications::default, |ledgers| ledgers.settle(&self.received, today))
    }

    /// All waves of which something was received, oldest first.
    pub fn waves(&self) -> &[String] {
        &self.waves
    }

    /// Whether it is of a line.
    pub fn has_line(&self, line: &str) -> bool {
        self.lines.as_ref().is_none_or(|lines| lines.contains(line))
    }

    /// What is published of the people with the segment values in `filter`, in all waves.
    pub fn totals(&self, filter: &Segment) -> Totals {
        let fits = |of: &Segment| filter.iter().all(|pair| of.iter().any(|other| other == pair));
        let groups = self.breakdown(None, |of| if fits(of) { vec![()] } else { Vec::new() });
        groups.into_values().next().unwrap_or_else(|| self.of_nobody())
    }

    /// What is published of each group of people, in one wave or in all of them. `groups` says which groups the people
    /// with a segment belong to. A group to which those without a segment belong as well is everybody. Groups of nobody
    /// are left out.
    pub fn breakdown<K: Ord + Clone>(
        &self,
        wave: Option<&str>,
        groups: impl Fn(&Segment) -> Vec<K>,
    ) -> BTreeMap<K, Totals> {
        let holdings = self.received.iter().filter(|holding| wave.is_none_or(|wave| holding.wave == wave));
        let mut received: BTreeMap<K, Vec<&Holding>> = BTreeMap::new();
        for holding in holdings.filter(|holding| self.is_shared(holding)) {
            for group in groups(&holding.segment) {
                received.entry(group).or_default().push(holding);
            }
        }
        let mut totals: BTreeMap<K, Totals> =
            received.iter().map(|(group, holdings)| (group.clone(), Totals::of(holdings))).collect();
        for counted in self.definition.counted().iter().filter(|counted| self.has_line(counted.id)) {
            for (group, shown) in self.shown(counted, wave, &groups, &received) {
                totals.entry(group).or_default().lines.insert(counted.id.to_owned(), shown);
            }
        }
        if let Some(ledgers) = &self.ledgers {
            let respondents = received.iter();
            let respondents = respondents
                .map(|(group, holdings)| (group.clone(), self.joint_respondents(holdings)))
                .collect();
            for (group, joint) in ledgers.published_joint(wave, &groups, &respondents) {
                totals.entry(group).or_default().joint = Some(joint);
            }
        }
        totals
    }

    /// What is published of a group that nobody belongs to.
    pub fn of_nobody(&self) -> Totals {
        let counted = self.definition.counted();
        let received = BTreeMap::from([((), Vec::new())]);
        let shown = |line: &Counted<'_>| {
            let (_, shown) = self.shown(line, None, |_| Vec::new(), &received).pop_first()?;
            Some((line.id.to_owned(), shown))
        };
        Totals { lines: counted.iter().filter_map(shown).collect(), ..Totals::default() }
    }

    /// Whether any line of the holding's version can be added to the present version's.
    fn is_shared(&self, holding: &Holding) -> bool {
        self.shared.get(&holding.version).is_some_and(|shared| !shared.lines.is_empty())
    }

    /// What is shown of a line for each group, of which these holdings were received.
    fn shown<K: Ord + Clone>(
        &self,
        counted: &Counted<'_>,
        wave: Option<&str>,
        groups: impl Fn(&Segment) -> Vec<K>,
        holdings: &BTreeMap<K, Vec<&Holding>>,
    ) -> BTreeMap<K, LineShown> {
        let nobody = Line::of(self.definition, counted).nobody();
        let received = holdings
            .iter()
            .map(|(group, holdings)| (group.clone(), self.received(counted, &nobody, holdings)));
        match &self.ledgers {
            None => received.map(|(group, totals)| (group, LineShown::Reports(totals))).collect(),
            Some(ledgers) => {
                let respondents = received.map(|(group, totals)| (group, totals.respondents)).collect();
                let published = ledgers.published(counted, wave, groups, &respondents).into_iter();
                published.map(|(group, published)| (group, LineShown::Published(published))).collect()
            }
        }
    }

    /// The sum of what was received of a line, in all versions that share it.
    fn received(&self, counted: &Counted<'_>, nobody: &Counts, holdings: &[&Holding]) -> LineTotals {
        let mut sum = LineTotals { respondents: 0, counts: nobody.clone() };
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

impl Totals {
    /// The people of these holdings, without lines.
    fn of(holdings: &[&Holding]) -> Self {
        let sum = |count: fn(&Holding) -> u64| {
            holdings.iter().fold(0_u64, |sum, holding| sum.saturating_add(count(holding)))
        };
        Self {
            respondents: sum(|holding| holding.respondents),
            sample: sum(|holding| holding.sample),
            ..Self::default()
        }
    }
}
