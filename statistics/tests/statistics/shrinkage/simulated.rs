//! Simulated units, whose truth is known.

use crate::draws::{SCORE, measured, normal, respondents, score};
use puls_statistics::Interval;
use puls_statistics::shrinkage::shrunken;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;

/// How units' figures come about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Drawn {
    /// Normal around the truth, with the standard error of a net promoter score.
    Normal,
    /// As net promoter scores of people who are counted.
    Scores,
}

/// Units of 6 to 300 respondents, whose true scores are normal around 20.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Units {
    pub(crate) count: u32,
    /// The standard deviation of the true scores.
    pub(crate) between: f64,
    pub(crate) drawn: Drawn,
}

/// How far shrunken figures are right.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The part of the units whose range holds the truth.
    pub(crate) covered: f64,
    /// The same of the ranges that units have by themselves.
    pub(crate) covered_alone: f64,
    /// The error of shrunken figures, as a root mean square, over that of units' own figures.
    pub(crate) error: f64,
    /// Tenths of the probability to be among the lowest quarter.
    pub(crate) lowest: [Tenth; 10],
}

/// Units that are said to be among the lowest quarter with about the same probability.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tenth {
    pub(crate) units: f64,
    /// The sum of what is said.
    pub(crate) said: f64,
    /// How many truly are among the lowest quarter.
    pub(crate) lowest: f64,
}

impl Units {
    /// Draws the units `runs` times.
    pub(crate) fn simulate(self, runs: u32) -> Found {
        let mut rng = ChaCha8Rng::seed_from_u64(13);
        let (mut covered, mut covered_alone) = (0.0, 0.0);
        let (mut squares, mut squares_alone) = (0.0, 0.0);
        let mut tenths = [Tenth::default(); 10];
        for _ in 0..runs {
            let units: Vec<(f64, Interval)> = (0..self.count).map(|_| self.unit(&mut rng)).collect();
            let figures: Vec<Interval> = units.iter().map(|(_, figure)| *figure).collect();
            let mut truths: Vec<f64> = units.iter().map(|(truth, _)| *truth).collect();
            truths.sort_by(f64::total_cmp);
            let places = truths.len() / 4;
            for (unit, (truth, alone)) in shrunken(&figures, SCORE).unwrap().units.iter().zip(units) {
                covered += holds(unit.figure, truth);
                covered_alone += holds(alone, truth);
                squares += (unit.figure.value - truth).powi(2);
                squares_alone += (alone.value - truth).powi(2);
                if let Some(said) = unit.lowest_quarter {
                    let tenth = &mut tenths[((said * 10.0) as usize).min(9)];
                    tenth.units += 1.0;
                    tenth.said += said;
                    tenth.lowest += f64::from(u8::from(truth < truths[places]));
                }
            }
        }
        let all = f64::from(runs * self.count);
        Found {
            covered: covered / all,
            covered_alone: covered_alone / all,
            error: (squares / squares_alone).sqrt(),
            lowest: tenths,
        }
    }

    /// A unit's truth and its figure.
    fn unit(self, rng: &mut ChaCha8Rng) -> (f64, Interval) {
        // Three in ten are passive, so a score has to stay within 70.
        let truth = (20.0 + self.between * normal(rng)).clamp(-70.0, 70.0);
        let n = respondents((6.0, 300.0), rng);
        let figure = match self.drawn {
            Drawn::Normal => measured(truth, 80.0 / (n as f64).sqrt(), rng),
            Drawn::Scores => score([0.35 - truth / 200.0, 0.35 + truth / 200.0], n, rng),
        };
        (truth, figure)
    }
}

fn holds(Interval { low, high, .. }: Interval, truth: f64) -> f64 {
    f64::from(u8::from((low..=high).contains(&truth)))
}
