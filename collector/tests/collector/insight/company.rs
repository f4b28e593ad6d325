//! A made-up hotel: nine units, of which one is renamed, one has no customers, and one is too small; two years of quarters with a dip and a recovery;
//! answers that are lopsided in some of its units.

use super::super::figures::people::sent;
use super::below;
use puls_core::definition::{Definition, LineIndex, Mechanism};
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Release};
use puls_core::response::Response;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

/// A day in each wave.
pub(super) const DAYS: [&str; 8] = [
    "2025-02-21",
    "2025-05-21",
    "2025-08-21",
    "2025-11-21",
    "2026-02-21",
    "2026-05-21",
    "2026-08-21",
    "2026-11-21",
];

/// A unit: how its people are disposed, in thousandths of a scale, and by how much less in the dip.
struct Unit {
    name: &'static str,
    level: i64,
    dip: i64,
    /// How many answer in a wave: employees and managers of `staff`, then `workplace`, then `visit`.
    people: [usize; 4],
}

const UNITS: [Unit; 9] = [
    Unit { name: "bakery", level: 830, dip: 90, people: [20, 0, 12, 13] },
    Unit { name: "bar", level: 900, dip: 60, people: [20, 10, 14, 14] },
    Unit { name: "catering", level: 780, dip: 220, people: [10, 0, 9, 13] },
    Unit { name: "desk", level: 860, dip: 120, people: [10, 0, 8, 16] },
    Unit { name: "kitchen", level: 640, dip: 240, people: [30, 10, 16, 15] },
    Unit { name: "laundry", level: 600, dip: 300, people: [10, 0, 7, 11] },
    Unit { name: "logistics", level: 740, dip: 160, people: [20, 0, 12, 14] },
    Unit { name: "office", level: 810, dip: 100, people: [20, 0, 10, 0] },
    Unit { name: "spa", level: 940, dip: 40, people: [6, 0, 3, 12] },
];

/// The waves of the dip.
const DIP: [usize; 2] = [3, 4];

/// The wave in which nobody is asked whether they recommend working here.
const PAUSE: usize = 2;

/// How much a person's mood weighs on each line, in fourths.
const WEIGHTS: [i64; 5] = [4, 3, 1, 2, 4];

/// What the browsers of one wave send.
pub(super) fn releases(definition: &Definition, wave: usize) -> Vec<Release> {
    // No two surveys may draw the same ids.
    let seed = u64::from(definition.id.as_bytes()[0]) << 8 | wave as u64;
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    let groups: &[(usize, Option<&str>)] = match &*definition.id {
        "staff" => &[(0, Some("employee")), (1, Some("manager"))],
        "workplace" if wave == PAUSE => &[],
        "workplace" => &[(2, None)],
        _ => &[(3, None)],
    };
    let mut releases = Vec::new();
    for unit in &UNITS {
        for (group, role) in groups {
            let role = role.map(|role| ("role", role));
            let named = [("unit", unit.name_in(wave))].into_iter().chain(role);
            let segment = Segment::new(&definition.segments, named).unwrap();
            // Managers see things more brightly.
            let level = unit.level_in(wave) + if *group == 1 { 80 } else { 0 };
            let answer = |line: usize, cells: usize, mood: i64, rng: &mut ChaCha12Rng| {
                unit.cell(wave, cells, level + mood * WEIGHTS[line] / 4 - 30 * line as i64, rng)
            };
            let day = DAYS[wave];
            releases.extend(answered(definition, &segment, day, unit.people[*group], answer, &mut rng));
        }
    }
    releases
}

/// What so many people send who share a device, if the survey is for such devices. `answer` gives the cell on a line with so many.
pub(super) fn answered(
    definition: &Definition,
    segment: &Segment,
    day: &str,
    people: usize,
    mut answer: impl FnMut(usize, usize, i64, &mut ChaCha12Rng) -> usize,
    rng: &mut ChaCha12Rng,
) -> Vec<Release> {
    let wave = Wave::of(definition.wave, Day::parse(day).unwrap().days_since_1970());
    let (mut device, mut releases) = (Keep::default(), Vec::new());
    for _ in 0..people {
        let plan = Plan::draw(definition, rng).unwrap();
        let (mood, mut response) = (below(361, rng) as i64 - 180, Response::new(definition));
        for (line, counted) in definition.counted().iter().take(definition.answerable()).enumerate() {
            let cell = answer(line, counted.cells, mood, rng);
            response.answer(definition, LineIndex(line), Some(1 << cell));
        }
        let path = Path::of(definition, &plan, segment, &response);
        let (sent, keep) = sent(definition, &path, device, wave, rng);
        releases.extend(sent);
        device = if matches!(definition.privacy, Mechanism::Batched { .. }) { keep } else { Keep::default() };
    }
    releases
}

impl Unit {
    fn name_in(&self, wave: usize) -> &'static str {
        if self.name == "logistics" && wave < 4 { "depot" } else { self.name }
    }

    fn level_in(&self, wave: usize) -> i64 {
        self.level - if DIP.contains(&wave) { self.dip } else { 0 }
    }

    /// A cell of so many, about at a level.
    fn cell(&self, wave: usize, cells: usize, level: i64, rng: &mut ChaCha12Rng) -> usize {
        let at = (level + below(301, rng) as i64 - 150).clamp(0, 999) as usize * cells / 1_000;
        match self.name {
            // Nobody is at the top.
            "bakery" => at.min(cells - 2),
            // Everybody answers alike.
            "catering" if wave == 1 => cells / 2,
            // Everybody is at the bottom.
            "laundry" if wave == DIP[0] => 0,
            // Half are at either end.
            "office" => (cells - 1) * usize::from(2 * at >= cells),
            _ => at,
        }
    }
}
