use super::{
    Disclosed, Entry, Holding, Ledger, LineTotals, OpenGroups, Publication, Publications, Published,
    PublishingRules, Shown, Step, WaveLedgers, joint_step, published_joint, steps,
};
use crate::line::Line;
use crate::versions::Shared;
use puls_core::definition::{Counted, Definition, Derived, DerivedKind, Source, Tiers};
use puls_core::joint_sums::JointSums;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use std::collections::{BTreeMap, BTreeSet};

/// How many days a wave stays open after its end, for browsers that were offline when somebody answered.
const GRACE_DAYS: i32 = 1;

/// The ledgers of all lines of a survey, wave by wave and version by version.
#[derive(Debug, Clone)]
pub(super) struct Ledgers<'a> {
    definition: &'a Definition,
    tiers: &'a Tiers,
    waves: BTreeMap<String, BTreeMap<u32, VersionLedgers>>,
    /// The waves and lines whose groups are open to readers.
    open: BTreeSet<OpenGroups>,
}

/// The ledgers of one version in one wave: of the lines, by their ids, that it shares with the present version.
#[derive(Debug, Clone)]
struct VersionLedgers {
    lines: BTreeMap<String, Ledger<LineTotals>>,
    joint: Option<Ledger<JointSums>>,
}

impl<'a> Ledgers<'a> {
    /// The ledgers of the waves and versions that were `received`, with what is `published` of them. `None` if the
    /// survey's mechanism withholds nothing.
    pub(super) fn new(
        definition: &'a Definition,
        shared: &BTreeMap<u32, Shared>,
        received: &[Holding],
        published: Publications,
    ) -> Option<Self> {
        let (tiers, waves) = (definition.tiers()?, BTreeMap::new());
        let mut ledgers = Self { definition, tiers, waves, open: BTreeSet::new() };
        for Holding { wave, version, .. } in received {
            let versions = ledgers.waves.entry(wave.clone()).or_default();
            let new = || VersionLedgers::new(definition, shared.get(version));
            versions.entry(*version).or_insert_with(new);
        }
        ledgers.publish(published);
        Some(ledgers)
    }

    fn publish(&mut self, Publications { lines, joint, open }: Publications) {
        for (line, Publication { wave, version, entry, totals }) in lines {
            let ledgers = self.version_ledgers(&wave, version);
            if let Some(ledger) = ledgers.and_then(|ledgers| ledgers.lines.get_mut(&line)) {
                ledger.publish(entry, totals);
            }
        }
        for Publication { wave, version, entry, totals } in joint {
            let ledgers = self.version_ledgers(&wave, version);
            if let Some(ledger) = ledgers.and_then(|ledgers| ledgers.joint.as_mut()) {
                ledger.publish(entry, totals);
            }
        }
        self.open.extend(open);
    }

    fn version_ledgers(&mut self, wave: &str, version: u32) -> Option<&mut VersionLedgers> {
        self.waves.get_mut(wave)?.get_mut(&version)
    }

    /// Publishes all of what was `received` that may be published `today`, and returns what wasn't published before.
    pub(super) fn settle(&mut self, received: &[Holding], today: Day) -> Publications {
        // Readers' figures take what is published alone, so the ledgers have what was received only here.
        let mut all = self.clone();
        for holding in received {
            if let Some(ledgers) = all.version_ledgers(&holding.wave, holding.version) {
                ledgers.receive(holding);
            }
        }
        let new = all.settle_received(today);
        self.publish(new.clone());
        new
    }

    fn settle_received(&mut self, today: Day) -> Publications {
        let segments: Vec<&str> = self.definition.segments.iter().map(|(name, _)| name.as_str()).collect();
        let current = Wave::of(self.definition.wave, today.plus(-GRACE_DAYS).days_since_1970());
        let steps = steps_by_line(self.definition);
        let mut new = Publications::default();
        for (wave, versions) in &mut self.waves {
            let is_over = Wave::parse(wave).is_some_and(|wave| wave < current);
            let rules = PublishingRules { segments: &segments, tiers: self.tiers, is_over };
            for (version, VersionLedgers { lines, joint }) in versions {
                for (line, steps) in &steps {
                    let due = settle(lines, line, steps, &rules).into_iter();
                    new.lines.extend(due.map(|due| (line.id.clone(), publication_of(*version, wave, due))));
                }
                if let Some(ledger) = joint {
                    let due = ledger.settle(&[joint_step(self.definition)], &rules).into_iter();
                    new.joint.extend(due.map(|due| publication_of(*version, wave, due)));
                }
            }
        }
        new.open = self.opening();
        new
    }

    /// The waves and lines whose groups are opened to readers now.
    fn opening(&self) -> BTreeSet<OpenGroups> {
        let mut opening = BTreeSet::new();
        if self.definition.segments.is_empty() {
            return opening;
        }
        for counted in self.definition.counted() {
            let steps = steps(self.definition, &counted);
            for (name, wave) in
                self.by_wave(Some(counted.id), |version_ledgers| version_ledgers.lines.get(counted.id))
            {
                if !wave.is_open && wave.opens(&steps, self.tiers) {
                    opening.insert(OpenGroups { wave: name.clone(), line: Some(counted.id.to_owned()) });
                }
            }
        }
        for (name, wave) in self.by_wave(None, |version_ledgers| version_ledgers.joint.as_ref()) {
            if !wave.is_open && wave.opens(&[joint_step(self.definition)], self.tiers) {
                opening.insert(OpenGroups { wave: name.clone(), line: None });
            }
        }
        opening
    }

    /// The ledgers of a line, or of the joint lines if `line` is `None`, in each wave.
    fn by_wave<'s, T: 's>(
        &'s self,
        line: Option<&'s str>,
        ledger: impl Fn(&'s VersionLedgers) -> Option<&'s Ledger<T>>,
    ) -> impl Iterator<Item = (&'s String, WaveLedgers<'s, T>)> {
        self.waves.iter().map(move |(wave, versions)| {
            let groups = OpenGroups { wave: wave.clone(), line: line.map(str::to_owned) };
            let versions = versions.values().filter_map(&ledger).collect();
            (wave, WaveLedgers { versions, is_open: self.open.contains(&groups) })
        })
    }

    /// What is published of a line in one wave, or in all of them, for each group that a segment belongs to, of which
    /// as many people are counted as `respondents` says.
    pub(super) fn published<K: Ord + Clone>(
        &self,
        counted: &Counted<'_>,
        wave: Option<&str>,
        groups: impl Fn(&Segment) -> Vec<K>,
        respondents: &BTreeMap<K, u64>,
    ) -> BTreeMap<K, Published> {
        let (steps, line) = (steps(self.definition, counted), Line::of(self.definition, counted));
        let waves = self.by_wave(Some(counted.id), |version_ledgers| version_ledgers.lines.get(counted.id));
        let waves = waves.filter(|(name, _)| wave.is_none_or(|wave| wave == *name)).map(|(_, wave)| wave);
        let disclosed = Disclosed::by_group(waves, &steps, self.tiers, groups, respondents).into_iter();
        disclosed
            .map(|(group, disclosed)| (group, Published::of(counted, &line, &steps, &disclosed)))
            .collect()
    }

    /// The same of the joint lines; groups of nobody are left out.
    pub(super) fn published_joint<K: Ord + Clone>(
        &self,
        wave: Option<&str>,
        groups: impl Fn(&Segment) -> Vec<K>,
        respondents: &BTreeMap<K, u64>,
    ) -> BTreeMap<K, Shown<JointSums>> {
        let step = joint_step(self.definition);
        let waves = self.by_wave(None, |version_ledgers| version_ledgers.joint.as_ref());
        let waves = waves.filter(|(name, _)| wave.is_none_or(|wave| wave == *name)).map(|(_, wave)| wave);
        let disclosed = Disclosed::by_group(waves, &[step], self.tiers, groups, respondents).into_iter();
        disclosed.filter_map(|(group, disclosed)| Some((group, published_joint(step, &disclosed)?))).collect()
    }
}

impl VersionLedgers {
    fn new(definition: &Definition, shared: Option<&Shared>) -> Self {
        let lines = shared.into_iter().flat_map(|shared| &shared.lines);
        let lines = lines.map(|line| (line.clone(), Ledger::default())).collect();
        let has_joint = shared.is_some_and(|shared| shared.joint) && JointSums::empty(definition).is_some();
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

fn publication_of<T>(version: u32, wave: &str, (entry, totals): (Entry, T)) -> Publication<T> {
    Publication { version, wave: wave.to_owned(), entry, totals }
}

/// A line, and the lines that it is published beside.
struct LineParts {
    id: String,
    /// The lines that an index is made of; empty for all others.
    parts: Vec<String>,
}

/// The steps of each line. An index comes after the lines that it is made of.
fn steps_by_line(definition: &Definition) -> Vec<(LineParts, Vec<Step>)> {
    let counted = definition.counted();
    let with_parts = |line: &Counted<'_>| LineParts {
        id: line.id.to_owned(),
        parts: match line.source {
            Source::Derived(Derived { kind: DerivedKind::Index { lines }, .. }) => {
                lines.iter().filter_map(|part| Some(part.of(&counted)?.id.to_owned())).collect()
            }
            _ => Vec::new(),
        },
    };
    counted.iter().map(|line| (with_parts(line), steps(definition, line))).collect()
}

/// Publishes all of a line that the rules allow by now.
fn settle(
    lines: &mut BTreeMap<String, Ledger<LineTotals>>,
    line: &LineParts,
    steps: &[Step],
    rules: &PublishingRules<'_>,
) -> Vec<(Entry, LineTotals)> {
    let Some(mut ledger) = lines.remove(&line.id) else { return Vec::new() };
    let parts: Vec<_> = line.parts.iter().filter_map(|part| lines.get(part)).collect();
    let due = if line.parts.is_empty() {
        ledger.settle(steps, rules)
    } else {
        ledger.settle_index(&parts, steps, rules)
    };
    lines.insert(line.id.clone(), ledger);
    due
}
