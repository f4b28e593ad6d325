use crate::store::{Holding, Telling, ToldBefore};
use crate::surveys::Surveys;
use puls_core::definition::Definition;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use puls_core::withhold::{Detail, Entry, Ledger, LineTotals, Rules, Step, joint_step, steps};
use std::collections::BTreeMap;

/// Browsers that were offline when somebody answered have a day after a wave's end.
const GRACE_DAYS: i32 = 1;

/// What was received and what is told of each line of a survey, wave by wave and version by version.
pub(super) struct Ledgers<'a> {
    definition: &'a Definition,
    lines: BTreeMap<String, Vec<Step>>,
    waves: BTreeMap<(u32, String), OfWave>,
}

/// What is told of a line, by detail and group.
pub(super) type Told = BTreeMap<Detail, BTreeMap<Segment, LineTotals>>;

/// One version's lines in one wave.
struct OfWave {
    /// Some stream of it.
    stream: i64,
    lines: BTreeMap<String, Ledger>,
}

impl<'a> Ledgers<'a> {
    /// Those of the lines that other versions share with `definition`.
    pub(super) fn new(
        surveys: &Surveys,
        definition: &'a Definition,
        streams: &[Holding],
        told: &[ToldBefore],
    ) -> Self {
        let mut ledgers = Self { definition, lines: lines(definition), waves: BTreeMap::new() };
        for holding in streams {
            let lines = || shared(surveys, definition, holding.version);
            let of_wave = ledgers.waves.entry(key(holding));
            let of_wave = of_wave.or_insert_with(|| OfWave { stream: holding.stream, lines: lines() });
            for (line, ledger) in &mut of_wave.lines {
                ledger.receive(holding.segment.clone(), &holding.line(line));
            }
        }
        let by_stream: BTreeMap<i64, &Holding> =
            streams.iter().map(|holding| (holding.stream, holding)).collect();
        for before in told {
            if let (Some(from), Some(of)) = (by_stream.get(&before.stream), by_stream.get(&before.label)) {
                ledgers.tell(from, of, before);
            }
        }
        ledgers
    }

    fn tell(&mut self, from: &Holding, of: &Holding, ToldBefore { detail, item, totals, .. }: &ToldBefore) {
        let of_wave = self.waves.get_mut(&key(from));
        if let Some(ledger) = of_wave.and_then(|of_wave| of_wave.lines.get_mut(item)) {
            let entry = Entry { detail: *detail, from: from.segment.clone(), of: of.segment.clone() };
            ledger.tell(entry, totals);
        }
    }

    /// Tells all that may be told `today`, and returns what wasn't told before.
    pub(super) fn settle(&mut self, today: Day) -> Vec<Telling> {
        let Some(tiers) = self.definition.tiers() else { return Vec::new() };
        let segments: Vec<&str> = self.definition.segments.iter().map(|(name, _)| name.as_str()).collect();
        let current = Wave::of(self.definition.wave, today.plus(-GRACE_DAYS).days_since_1970());
        let mut new = Vec::new();
        for ((_, wave), OfWave { stream, lines }) in &mut self.waves {
            let is_over = Wave::parse(wave).is_some_and(|wave| wave < current);
            let rules = Rules { segments: &segments, tiers, is_over };
            for (line, ledger) in lines {
                let steps = self.lines.get(line).map_or(&[][..], Vec::as_slice);
                let tellings = ledger.settle(steps, &rules).into_iter();
                new.extend(tellings.map(|(Entry { detail, from, of }, totals)| Telling {
                    detail,
                    beside: *stream,
                    from,
                    of,
                    item: line.clone(),
                    totals,
                }));
            }
        }
        new
    }

    /// What is told of each line, over all waves and versions.
    pub(super) fn told(&self) -> BTreeMap<String, Told> {
        let mut told: BTreeMap<String, Told> = BTreeMap::new();
        for (line, ledger) in self.waves.values().flat_map(|of_wave| &of_wave.lines) {
            let told = told.entry(line.clone()).or_default();
            for detail in Detail::ALL {
                let groups = told.entry(detail).or_default();
                for (group, totals) in ledger.told(detail) {
                    groups.entry(group).or_default().merge(&totals);
                }
            }
        }
        told
    }
}

fn key(holding: &Holding) -> (u32, String) {
    (holding.version, holding.wave.clone())
}

/// What there is to tell of each line.
fn lines(definition: &Definition) -> BTreeMap<String, Vec<Step>> {
    let counted = definition.counted();
    let lines = counted.iter().map(|line| (line.id.to_owned(), steps(definition, line)));
    let joint = definition.joint_sums().map(|(name, _)| (name, vec![joint_step(definition)]));
    lines.chain(joint).collect()
}

fn shared(surveys: &Surveys, definition: &Definition, version: u32) -> BTreeMap<String, Ledger> {
    surveys.lines_shared(definition, version).into_iter().map(|line| (line, Ledger::default())).collect()
}
