//! Simulated series: flat ones, and some with a dip.

use crate::draws::{SCORE, measured, respondents, score, uniform};
use puls_statistics::Interval;
use puls_statistics::trend::{Direction, Series};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;

/// What a flat series consists of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Flat {
    /// Normal figures, of which some are five times as sure as others.
    Normal,
    /// Net promoter scores of 30 to 1,000 respondents: 30 % detractors and 25 % promoters.
    Even,
    /// The same with 7 % detractors and 73 % promoters.
    Skewed,
}

impl Flat {
    fn wave(self, rng: &mut ChaCha8Rng) -> Interval {
        let n = |rng: &mut ChaCha8Rng| respondents((30.0, 1000.0), rng);
        match self {
            Self::Normal => {
                let error = 1.0 + 4.0 * uniform(rng);
                measured(0.0, error, rng)
            }
            Self::Even => score([0.3, 0.25], n(rng), rng),
            Self::Skewed => score([0.07, 0.73], n(rng), rng),
        }
    }
}

/// False marks per 20 years.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FalseMarks {
    /// Those that a wave brought, also if a later one withdrew them.
    pub(crate) brought: f64,
    /// Those that are left at the end of the series.
    pub(crate) left: f64,
}

/// Counts the marks in `runs` flat series.
pub(crate) fn false_marks(flat: Flat, waves: usize, waves_per_year: u32, runs: u32) -> FalseMarks {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    let (mut brought, mut left) = (0, 0);
    for _ in 0..runs {
        let figures: Vec<Option<Interval>> = (0..waves).map(|_| Some(flat.wave(&mut rng))).collect();
        let marks =
            |so_far: usize| Series { figures: &figures[..=so_far], waves_per_year, bounds: SCORE }.marks();
        let is_new = |now: usize| marks(now).last().is_some_and(|mark| mark.noticed == now);
        brought += (0..waves).filter(|now| is_new(*now)).count();
        left += marks(waves - 1).len();
    }
    let spans = f64::from(runs) * waves as f64 / f64::from(waves_per_year) / 20.0;
    FalseMarks { brought: brought as f64 / spans, left: left as f64 / spans }
}

/// A fall of the net promoter score from 20 to 10, and its recovery.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dip {
    pub(crate) waves_per_year: u32,
    /// How many waves there are before the dip, and again after it.
    pub(crate) before: usize,
    /// How many waves the dip lasts.
    pub(crate) lasts: usize,
    /// Respondents in each wave.
    pub(crate) n: u64,
}

/// In which parts of the series the dip is found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// As a fall, by the time that the dip has lasted for as many waves as asked.
    pub(crate) within: Vec<f64>,
    /// As a fall and a rise at the end of the series.
    pub(crate) and_recovery: f64,
    /// The mean of the differences that the falls are said to have, when they are first marked.
    pub(crate) size: f64,
    /// In which part of the series with a fall its range holds the true 10 points, when the dip has lasted to its end.
    pub(crate) covered: f64,
}

/// Looks for the dip in `runs` series, after it has lasted for each number of waves in `after`.
pub(crate) fn dips(Dip { waves_per_year, before, lasts, n }: Dip, after: &[usize], runs: u32) -> Found {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    let mut within = vec![0.0; after.len()];
    let (mut and_recovery, mut sizes, mut covers) = (0.0, Vec::new(), Vec::new());
    for _ in 0..runs {
        let mut waves =
            |shares, count| -> Vec<_> { (0..count).map(|_| Some(score(shares, n, &mut rng))).collect() };
        let figures =
            [waves([0.25, 0.45], before), waves([0.3, 0.4], lasts), waves([0.25, 0.45], before)].concat();
        let marks = |end: usize| Series { figures: &figures[..end], waves_per_year, bounds: SCORE }.marks();
        // A fall that is noticed before the dip is a false one.
        let fall = |end: usize| {
            marks(end).into_iter().find(|mark| mark.direction() == Direction::Fall && mark.noticed >= before)
        };
        for (count, waves) in within.iter_mut().zip(after) {
            *count += f64::from(u8::from(fall(before + waves).is_some())) / f64::from(runs);
        }
        sizes.extend((1..=lasts).find_map(|waves| fall(before + waves)).map(|mark| mark.difference.value));
        covers.extend(
            fall(before + lasts).map(|mark| (mark.difference.low..=mark.difference.high).contains(&-10.0)),
        );
        let both = marks(figures.len());
        let rise =
            both.iter().any(|mark| mark.direction() == Direction::Rise && mark.noticed >= before + lasts);
        let is_whole = rise && both.iter().any(|mark| mark.direction() == Direction::Fall);
        and_recovery += f64::from(u8::from(is_whole)) / f64::from(runs);
    }
    let size = sizes.iter().sum::<f64>() / sizes.len() as f64;
    let covered = covers.iter().filter(|covers| **covers).count() as f64 / covers.len() as f64;
    Found { within, and_recovery, size, covered }
}
