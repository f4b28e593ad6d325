use crate::store::{Holding, Telling, Tellings};
use crate::surveys::Surveys;
use puls_core::definition::{Counted, Definition, Tiers};
use puls_core::estimate::Line;
use puls_core::joint::JointSums;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use puls_core::withhold::{
    Block, Disclosed, Entry, Ledger, LineTotals, Published, Rules, Step, Told, joint_step, published_joint,
    steps,
};
use std::collections::BTreeMap;

/// Browsers that were offline when somebody answered have a day after a wave's end.
const GRACE_DAYS: i32 = 1;

/// What was received and what is told of each line of a survey, wave by wave and version by version.
pub(super) struct Ledgers<'a> {
    definition: &'a Definition,
    tiers: &'a Tiers,
    waves: BTreeMap<String, BTreeMap<u32, OfVersion>>,
}

/// What one version has in one wave of the lines that it shares with the present one, by their ids.
struct OfVersion {
    lines: BTreeMap<String, Ledger<LineTotals>>,
    joint: Option<Ledger<JointSums>>,
}

impl<'a> Ledgers<'a> {
    /// `None` where nothing is withheld.
    pub(super) fn new(
        surveys: &Surveys,
        definition: &'a Definition,
        streams: &[Holding],
        told: &Tellings,
    ) -> Option<Self> {
        let mut ledgers = Self { definition, tiers: definition.tiers()?, waves: BTreeMap::new() };
        for holding in streams {
            let versions = ledgers.waves.entry(holding.wave.clone()).or_default();
            let of_version = versions.entry(holding.version);
            of_version
                .or_insert_with(|| OfVersion::new(surveys, definition, holding.version))
                .receive(holding);
        }
        for (line, telling) in &told.lines {
            let of_version = ledgers.of_version(telling);
            if let Some(ledger) = of_version.and_then(|of_version| of_version.lines.get_mut(line)) {
                ledger.tell(telling.entry.clone(), &telling.totals);
            }
        }
        for telling in &told.joint {
            let of_version = ledgers.of_version(telling);
            if let Some(ledger) = of_version.and_then(|of_version| of_version.joint.as_mut()) {
                ledger.tell(telling.entry.clone(), &telling.totals);
            }
        }
        Some(ledgers)
    }

    fn of_version<T>(&mut self, telling: &Telling<T>) -> Option<&mut OfVersion> {
        self.waves.get_mut(&telling.wave)?.get_mut(&telling.version)
    }

    /// Tells all that may be told `today`, and returns what wasn't told before.
    pub(super) fn settle(&mut self, today: Day) -> Tellings {
        let segments: Vec<&str> = self.definition.segments.iter().map(|(name, _)| name.as_str()).collect();
        let current = Wave::of(self.definition.wave, today.plus(-GRACE_DAYS).days_since_1970());
        let steps = steps_by_line(self.definition);
        let mut new = Tellings::default();
        for (wave, versions) in &mut self.waves {
            let is_over = Wave::parse(wave).is_some_and(|wave| wave < current);
            let rules = Rules { segments: &segments, tiers: self.tiers, is_over };
            for (version, OfVersion { lines, joint }) in versions {
                for (line, ledger) in lines {
                    let steps = steps.get(line).map_or(&[][..], Vec::as_slice);
                    let due = settled(ledger, steps, &rules, *version, wave);
                    new.lines.extend(due.map(|telling| (line.clone(), telling)));
                }
                if let Some(ledger) = joint {
                    new.joint.extend(settled(ledger, &[joint_step(self.definition)], &rules, *version, wave));
                }
            }
        }
        new
    }

    /// For each wave, those ledgers of its versions.
    fn by_wave<'s, T: 's>(
        &'s self,
        ledger: impl Fn(&'s OfVersion) -> Option<&'s Ledger<T>>,
    ) -> impl Iterator<Item = Vec<&'s Ledger<T>>> {
        self.waves.values().map(move |versions| versions.values().filter_map(&ledger).collect())
    }

    /// What is published of a line of the group `filter`, of which so many `respondents` are counted.
    pub(super) fn published(&self, counted: &Counted<'_>, filter: &Segment, respondents: u64) -> Published {
        let steps = steps(self.definition, counted);
        let waves = self.by_wave(|of_version| of_version.lines.get(counted.id));
        let disclosed = Disclosed::of(waves, &steps, self.tiers, filter, respondents);
        Published::of(counted, &Line::of(self.definition, counted), &steps, &disclosed)
    }

    /// The same of the joint lines.
    pub(super) fn published_joint(&self, filter: &Segment, respondents: u64) -> Option<Told<JointSums>> {
        let step = joint_step(self.definition);
        let waves = self.by_wave(|of_version| of_version.joint.as_ref());
        published_joint(step, &Disclosed::of(waves, &[step], self.tiers, filter, respondents))
    }
}

impl OfVersion {
    fn new(surveys: &Surveys, definition: &Definition, version: u32) -> Self {
        let shared = surveys.shared(definition, version);
        let lines = shared.lines.into_iter().map(|line| (line, Ledger::default())).collect();
        let has_joint = shared.joint && JointSums::empty(definition).is_some();
        Self { lines, joint: has_joint.then(Ledger::default) }
    }

    fn receive(&mut self, holding: &Holding) {
        for (line, ledger) in &mut self.lines {
            if let Some(totals) = holding.lines.get(line) {
                ledger.receive(holding.segment.clone(), totals);
            }
        }
        if let (Some(ledger), Some(sums)) = (&mut self.joint, &holding.joint) {
            ledger.receive(holding.segment.clone(), sums);
        }
    }
}

/// What there is to tell of each line.
fn steps_by_line(definition: &Definition) -> BTreeMap<String, Vec<Step>> {
    definition.counted().iter().map(|line| (line.id.to_owned(), steps(definition, line))).collect()
}

fn settled<T: Block>(
    ledger: &mut Ledger<T>,
    steps: &[Step],
    rules: &Rules<'_>,
    version: u32,
    wave: &str,
) -> impl Iterator<Item = Telling<T>> {
    let wave = wave.to_owned();
    let telling = move |(entry, totals): (Entry, T)| Telling { version, wave: wave.clone(), entry, totals };
    ledger.settle(steps, rules).into_iter().map(telling)
}
