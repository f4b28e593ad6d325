//! Somebody who has two waves' releases, with nothing that says who sent them, and tells by the reports alone which of
//! them are the same person's: the likeliest pairs, with all that is known of the mechanism and of the answers.

use super::{outcome_in, released, survey};
use puls_core::definition::{Definition, LineIndex, Measure};
use puls_core::privacy::Keep;
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};

/// What share of people answer each of five points, and as each class of a net promoter item, in thousandths.
const POINTS: &[u64] = &[50, 100, 200, 400, 250];
const CLASSES: &[u64] = &[250, 300, 450];
/// The answer that stands for each class.
const OF_CLASS: [usize; 3] = [3, 7, 10];
/// How many answers are the same in the next wave, in thousandths.
const UNCHANGED: u64 = 800;

/// Twelve lines of five points, or those of `support-chat`, which are three and a net promoter item.
pub(crate) fn lines(twelve: bool, lifetime: f64) -> Definition {
    let rating =
        |index| format!(r#"{{"id": "i{index}", "kind": "rating", "text": "?", "scale": {{"points": 5}}}}"#);
    let mut items: Vec<String> = (0..if twelve { 12 } else { 3 }).map(rating).collect();
    if !twelve {
        items.push(super::NPS.to_owned());
    }
    let privacy = format!(r#"{{"kind": "randomised", "epsilon": 2, "lifetime_epsilon": {lifetime}}}"#);
    survey(&privacy, &items.join(","))
}

/// What share of `n` people's releases of a second wave the likeliest partner of the first wave is their own; chance
/// alone gives one in `n`.
pub(crate) fn matched(definition: &Definition, lifetime: f64, n: usize, seed: u64) -> f64 {
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    let lines = definition.counted();
    let guesses: Vec<Guess> = lines
        .iter()
        .map(|line| {
            let shares = if line.measure == Measure::NetPromoterScore { CLASSES } else { POINTS };
            Guess::of(shares, 2.0 / lines.len() as f64, lifetime / lines.len() as f64)
        })
        .collect();
    let [mut first, mut second] = [Vec::new(), Vec::new()];
    for _ in 0..n {
        let before: Vec<usize> = guesses.iter().map(|guess| drawn(guess.shares, &mut rng)).collect();
        let after: Vec<usize> =
            guesses.iter().zip(&before).map(|(guess, answer)| guess.next(*answer, &mut rng)).collect();
        let (reports, keep) = sent(definition, &before, &Keep::default(), 20_700, &mut rng);
        first.push(reports);
        second.push(sent(definition, &after, &keep, 20_800, &mut rng).0);
    }
    let own = |(person, reports): (usize, &Vec<usize>)| {
        let likely: Vec<f64> = first.iter().map(|other| likelihood(&guesses, other, reports)).collect();
        let best = likely.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let ties = likely.iter().filter(|likely| best - **likely < 1e-9).count();
        if best - likely[person] < 1e-9 { 1.0 / ties as f64 } else { 0.0 }
    };
    second.iter().enumerate().map(own).sum::<f64>() / n as f64
}

/// What one browser sends of these classes on a day, by the widget's own code.
fn sent(
    definition: &Definition,
    classes: &[usize],
    keep: &Keep,
    day: i32,
    rng: &mut ChaCha12Rng,
) -> (Vec<usize>, Keep) {
    let mut response = Response::new(definition);
    for (line, class) in classes.iter().enumerate() {
        let is_score = definition.counted()[line].measure == Measure::NetPromoterScore;
        response.tap(definition, LineIndex(line), Cell(if is_score { OF_CLASS[*class] } else { *class }));
    }
    let wave = Wave::of(definition.wave, day);
    let prepared = outcome_in(definition, &response, keep, &Segment::default(), wave, rng);
    let prepared = prepared.unwrap_or_else(|_| panic!("not prepared"));
    let release = released(&prepared);
    let report = |counts: &[u64]| counts.iter().position(|count| *count > 0).unwrap();
    (release.items.iter().map(|(_, counts)| report(counts.cells())).collect(), prepared.keep)
}

fn likelihood(guesses: &[Guess], before: &[usize], after: &[usize]) -> f64 {
    guesses
        .iter()
        .zip(before.iter().zip(after))
        .map(|(guess, (before, after))| guess.log[*before][*after])
        .sum()
}

fn drawn(shares: &[u64], rng: &mut ChaCha12Rng) -> usize {
    let mut place = rng.next_u64() % 1000;
    let class = shares.iter().position(|share| {
        let is_here = place < *share;
        place = place.saturating_sub(*share);
        is_here
    });
    class.unwrap()
}

/// What is known of one line.
struct Guess {
    shares: &'static [u64],
    /// How much likelier a report before and one after are of one person than of two, as a logarithm.
    log: Vec<Vec<f64>>,
}

impl Guess {
    fn of(shares: &'static [u64], epsilon: f64, permanent: f64) -> Self {
        let classes = shares.len();
        let share = |class: usize| shares[class] as f64 / 1000.0;
        let all = || 0..classes;
        let by = |epsilon: f64, near: bool| {
            (if near { epsilon.exp() } else { 1.0 }) / (epsilon.exp() + classes as f64 - 1.0)
        };
        // Both stages, worked out anew.
        let kept = (by(epsilon, true) - by(epsilon, false)) / (by(permanent, true) - by(permanent, false));
        let second =
            |report: usize, of: usize| (1.0 - kept) / classes as f64 + if report == of { kept } else { 0.0 };
        let once = |report: usize, answer: usize| by(epsilon, report == answer);
        let twice = |one: usize, two: usize, answer: usize| -> f64 {
            all()
                .map(|report| by(permanent, report == answer) * second(one, report) * second(two, report))
                .sum()
        };
        let unchanged = UNCHANGED as f64 / 1000.0;
        let together = |one: usize, two: usize| -> f64 {
            let of = |before: usize| {
                let changed = |after: usize| {
                    (1.0 - unchanged) * share(after) / (1.0 - share(before))
                        * once(one, before)
                        * once(two, after)
                };
                let others: f64 = all().filter(|after| *after != before).map(changed).sum();
                share(before) * (unchanged * twice(one, two, before) + others)
            };
            all().map(of).sum()
        };
        let before = |one: usize| -> f64 { all().map(|two| together(one, two)).sum() };
        let after = |two: usize| -> f64 { all().map(|one| together(one, two)).sum() };
        let entry = |one, two| (together(one, two) / before(one) / after(two)).ln();
        Self { shares, log: all().map(|one| all().map(|two| entry(one, two)).collect()).collect() }
    }

    /// What somebody answers in the next wave.
    fn next(&self, answer: usize, rng: &mut ChaCha12Rng) -> usize {
        if rng.next_u64() % 1000 < UNCHANGED {
            return answer;
        }
        loop {
            let other = drawn(self.shares, rng);
            if other != answer {
                return other;
            }
        }
    }
}
