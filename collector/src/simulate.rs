//! Made-up respondents for sample data. Their answers are invented; protecting and counting them is real.

use puls_core::definition::{Counted, Definition, Item, ItemKind, Measure, Mechanism};
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, Prepared, Release, prepare};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// How many waves get sample data, the present one included.
const WAVES: usize = 4;

/// The most groups that get sample data.
const MOST_GROUPS: usize = 20;

/// The releases of made-up respondents. They are the same each time for the same survey and wave.
pub(crate) fn releases(definition: &Definition, today: Day) -> Vec<Release> {
    let waves = (0..).zip(recent_waves(definition, today));
    waves.flat_map(|(age, wave)| of_wave(definition, wave, age)).collect()
}

/// The last waves, the present one first.
fn recent_waves(definition: &Definition, today: Day) -> Vec<Wave> {
    let wave_of = |day: Day| Wave::of(definition.wave, day.days_since_1970());
    std::iter::successors(Some(wave_of(today)), |wave| Some(wave_of(wave.first_day().plus(-1))))
        .take(WAVES)
        .collect()
}

fn of_wave(definition: &Definition, wave: Wave, age: i64) -> Vec<Release> {
    let Definition { id, version, .. } = definition;
    let seed = Sha256::digest(format!("puls sample {id} {version} {wave}"));
    let mut rng = ChaCha12Rng::from_seed(seed.into());
    let groups = groups(definition);
    let respondents = respondents(definition).div_ceil(groups.len());
    let mut releases = Vec::new();
    for segment in &groups {
        // Scores rise a little from wave to wave.
        let level = 800 - 12 * age + lean(&segment.to_string(), 50);
        releases.extend(of_group(definition, wave, segment, respondents, level, &mut rng));
    }
    releases
}

/// The releases of one group's respondents, each on a device of their own, or all on a shared one.
fn of_group(
    definition: &Definition,
    wave: Wave,
    segment: &Segment,
    respondents: usize,
    level: i64,
    rng: &mut ChaCha12Rng,
) -> Vec<Release> {
    let is_shared = matches!(definition.privacy, Mechanism::Batched { .. });
    let mut device = Keep::default();
    let mut releases = Vec::new();
    for _ in 0..respondents {
        // This rng can't fail.
        let plan = Plan::draw(definition, rng).unwrap_or_else(|_| Plan::given(definition));
        let response = respond(definition, &plan, segment, level, rng);
        let path = Path::of(definition, &plan, segment, &response);
        // Every required item on the path has been answered, so this can't fail.
        let Ok(Prepared { outcome, keep, .. }) = prepare(&path, device, wave, rng) else { break };
        device = if is_shared { keep } else { Keep::default() };
        // A full batch is the `outcome` as well, so the device needn't keep it.
        device.take_full(definition, wave);
        match outcome {
            Outcome::Release(release) => releases.push(release),
            Outcome::Apart(apart) => releases.extend(apart),
            // A held answer is still in an open batch; a sealed one would need aggregators, which made-up answers don't
            // have.
            Outcome::Held { .. } | Outcome::Sealed(_) => {}
        }
    }
    releases
}

/// How many respondents a wave has. Randomised answers need many for useful figures, and the more items share ε, the
/// more; batches need whole ones.
fn respondents(definition: &Definition) -> usize {
    match definition.privacy {
        Mechanism::Randomised { .. } => (750 + 450 * definition.counted().len().min(4)).div_ceil(WAVES),
        Mechanism::Direct => 40 * groups(definition).len(),
        Mechanism::Sealed(_) => 0,
        Mechanism::Batched { k } => 4 * usize::try_from(k).unwrap_or(0) * groups(definition).len(),
    }
}

/// Groups that have the next value of each segment in turn, until the first of them would come again. Two segments of
/// as many values go in pairs, such as agents and their units.
fn groups(definition: &Definition) -> Vec<Segment> {
    let group = |index: usize| {
        let chosen = definition
            .segments
            .iter()
            .filter_map(|(name, values)| Some((name.as_str(), values.iter().cycle().nth(index)?.as_str())));
        Segment::new(&definition.segments, chosen).unwrap_or_default()
    };
    let first = group(0);
    let others = (1..MOST_GROUPS).map(group).take_while(|other| *other != first);
    std::iter::once(first.clone()).chain(others).collect()
}

/// How a group and a person of it are disposed, in thousandths of a scale.
#[derive(Clone, Copy)]
struct Disposition {
    /// What the group's answers lie around.
    level: i64,
    /// By how much the person's answers lie above that.
    mood: i64,
}

/// One person's answers along the path that they take. Each answer depends on a mood, which all of a person's answers
/// share and which is sometimes bad, on the item's own lean, and on chance.
fn respond(
    definition: &Definition,
    plan: &Plan,
    segment: &Segment,
    level: i64,
    rng: &mut ChaCha12Rng,
) -> Response {
    let mut response = Response::new(definition);
    let mood = bell(rng) * 3 / 4 - if below(rng, 100) < 8 { 300 } else { 0 };
    let disposition = Disposition { level, mood };
    let mut next = Path::of(definition, plan, segment, &response).items().first().copied();
    // An answer only changes the path behind its item, so this loop always gets further.
    while let Some(item) = next {
        answer(definition, item, disposition, &mut response, rng);
        next = Path::of(definition, plan, segment, &response).next(item);
    }
    response
}

/// Answers an item, or skips it.
fn answer(
    definition: &Definition,
    index: usize,
    disposition: Disposition,
    response: &mut Response,
    rng: &mut ChaCha12Rng,
) {
    let Some(item) = definition.items.get(index) else { return };
    let lines = definition.counted();
    for line in definition.lines(index) {
        let Some(counted) = line.of(&lines) else { continue };
        if counted.is_multiple() {
            let is_skipped = !item.required && below(rng, 100) < 6;
            (0..if is_skipped { 0 } else { counted.cells })
                .filter(|cell| is_taken(item, *cell, rng))
                .for_each(|cell| response.tap(definition, line, Cell(cell)));
            if !is_skipped && response.given(line).is_none() {
                response.tap(definition, line, Cell(cell_at(preference(item, rng), counted.cells)));
            }
        } else {
            let cell = cell_at(share(counted, item, disposition, rng), counted.cells);
            if item.required || below(rng, 100) >= 6 {
                response.tap(definition, line, Cell(cell));
            }
        }
    }
}

/// The place of a line's answer on its scale, in thousandths.
fn share(counted: &Counted<'_>, item: &Item, disposition: Disposition, rng: &mut ChaCha12Rng) -> i64 {
    let weight = mood_weight(counted);
    let chance = bell(rng) * 3 / 4;
    let level = disposition.level + (disposition.mood * weight + chance * (200 - weight)) / 100;
    let share = match counted.measure {
        Measure::Shares => preference(item, rng),
        // Promoters start lower on the scale than the last of five points.
        Measure::NetPromoterScore => level + 70 + lean(counted.id, 70),
        // Small numbers are likelier than large ones.
        Measure::Number => below(rng, 1000) * below(rng, 1000) / 1000,
        Measure::Mean | Measure::Several | Measure::Index => level + lean(counted.id, 70),
    };
    if counted.is_reversed() { 999 - share } else { share }
}

/// How much of an answer is the person's mood, in hundredths; the rest up to 200 is chance. It differs from line to line,
/// so that some go together with the net promoter score more closely than others.
fn mood_weight(counted: &Counted<'_>) -> i64 {
    match counted.measure {
        Measure::NetPromoterScore => 100,
        _ => 100 + lean(&format!("mood {}", counted.id), 50),
    }
}

/// Whether one of several options is chosen. Some options are liked better than others.
fn is_taken(item: &Item, cell: usize, rng: &mut ChaCha12Rng) -> bool {
    let options = item.kind.answers();
    let is_none = matches!(&item.kind, ItemKind::Choices(choices) if choices.none.is_some() && cell + 1 == options.len());
    let liking = options.get(cell).map_or(0, |option| 32 + lean(&option.id, 22));
    below(rng, 100) < if is_none { 5 } else { liking }
}

/// The cell that lies at `share` thousandths of a scale.
fn cell_at(share: i64, cells: usize) -> usize {
    let share = usize::try_from(share.clamp(0, 999)).unwrap_or(0);
    share * cells / 1000
}

/// A place among an item's options, in thousandths. Some options are liked better than others.
fn preference(item: &Item, rng: &mut ChaCha12Rng) -> i64 {
    let favourite = 500 + lean(&item.id, 400);
    let anywhere = below(rng, 1000);
    if below(rng, 100) < 45 { (favourite + bell(rng) / 2).clamp(0, 999) } else { anywhere }
}

/// A random number from -500 to 500, mostly near 0.
fn bell(rng: &mut ChaCha12Rng) -> i64 {
    let sum: i64 = (0..3).map(|_| below(rng, 1001)).sum();
    sum / 3 - 500
}

/// A number from -`most` to `most` that is always the same for the same name.
fn lean(name: &str, most: i64) -> i64 {
    let first = Sha256::digest(name).first().copied().unwrap_or(0);
    i64::from(first) * 2 * most / 255 - most
}

/// A random number below `bound`. The remainder's bias is far too small to matter for invented answers.
fn below(rng: &mut ChaCha12Rng, bound: u32) -> i64 {
    i64::from(rng.next_u32() % bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_analysis::received::Received;
    use puls_core::joint_sums::JointSums;
    use puls_core::wave::Period;
    use std::collections::BTreeMap;

    #[test]
    fn sample_data_is_of_the_present_wave_and_those_before_it() {
        let survey =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys/nps.json")).unwrap();
        let mut definition = Definition::parse(&survey).unwrap();
        for (period, day, expected) in [
            (Period::Week, "2026-11-30", ["2026-W49", "2026-W48", "2026-W47", "2026-W46"]),
            (Period::Week, "2027-01-03", ["2026-W53", "2026-W52", "2026-W51", "2026-W50"]),
            (Period::Week, "2027-01-04", ["2027-W01", "2026-W53", "2026-W52", "2026-W51"]),
            (Period::Month, "2026-12-31", ["2026-12", "2026-11", "2026-10", "2026-09"]),
            (Period::Month, "2027-01-01", ["2027-01", "2026-12", "2026-11", "2026-10"]),
            (Period::Month, "2028-03-01", ["2028-03", "2028-02", "2028-01", "2027-12"]),
            (Period::Quarter, "2028-02-29", ["2028-Q1", "2027-Q4", "2027-Q3", "2027-Q2"]),
        ] {
            definition.wave = period;
            let waves = recent_waves(&definition, Day::parse(day).unwrap());
            assert_eq!(waves.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{day}");
        }
    }

    /// Whatever a survey holds, its sample data is what the collector would take from browsers.
    #[test]
    fn every_ready_made_survey_has_sample_data_that_fits() {
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys")).unwrap() {
            let path = entry.unwrap().path();
            let definition = Definition::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let made = of_wave(&definition, Wave::of(definition.wave, 20_778), 0);
            assert!(!made.is_empty(), "{}", path.display());
            for release in made.iter().take(20) {
                let received = Received::parse(release.json(), |_, _| Some(&definition));
                assert!(received.is_ok(), "{}: {}", path.display(), received.unwrap_err());
            }
        }
    }

    /// Driver figures of sample data have something to tell, in each unit.
    #[test]
    fn drivers_go_together_with_the_outcome_some_more_closely_than_others() {
        let survey =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys/drivers.json")).unwrap();
        let definition = Definition::parse(&survey).unwrap();
        let mut sums: BTreeMap<Segment, JointSums> = BTreeMap::new();
        for release in of_wave(&definition, Wave::of(definition.wave, 20_778), 0) {
            let received = Received::parse(release.json(), |_, _| Some(&definition)).unwrap();
            let empty = || JointSums::empty(&definition).unwrap();
            sums.entry(received.segment).or_insert_with(empty).merge(&received.joint.unwrap());
        }
        assert_eq!(sums.len(), 6, "three units, employees and managers");
        for (segment, sums) in sums {
            assert_eq!(sums.respondents(), 100, "{segment}");
            let correlation = |driver: usize| {
                let [with, outcome, own] = [(0, driver), (0, 0), (driver, driver)]
                    .map(|(one, other)| sums.comoment(one, other) as f64);
                with / (outcome * own).sqrt()
            };
            let correlations: Vec<f64> = (1..definition.joint.lines().len()).map(correlation).collect();
            let least = correlations.iter().copied().fold(1.0, f64::min);
            let most = correlations.iter().copied().fold(0.0, f64::max);
            assert!(0.1 < least && least < 0.4 && 0.6 < most, "{segment}: {correlations:.2?}");
        }
    }
}
