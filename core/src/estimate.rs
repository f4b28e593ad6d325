//! What counts say about everybody who answered, with how sure that is.
//!
//! All intervals are at 95 %. Counts that were randomised on the device are turned back into unbiased
//! estimates; their intervals cover both the chance of who answered and the noise.

use crate::definition::{Definition, Mechanism, NetPromoter};
use crate::privacy::{RandomisedResponse, item_epsilon};
use serde::{Deserialize, Serialize};

/// The 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A figure with its 95 % interval, both cut to the range that the measure can have.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

impl Estimate {
    fn new(value: f64, centre: f64, margin: f64, (min, max): (f64, f64)) -> Self {
        let cut = |number: f64| number.clamp(min, max);
        Self { value: cut(value), low: cut(centre - margin), high: cut(centre + margin) }
    }
}

/// How what was counted came about from what was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Noise {
    /// Counts are of answers.
    None,
    /// Counts are of randomised answers: the true class was reported with probability `keep`, each other
    /// one with probability `switch`.
    Randomised {
        /// Probability that the true class was reported.
        keep: f64,
        /// Probability of each other class.
        switch: f64,
    },
}

impl Noise {
    /// The noise in an item with so many released cells.
    pub fn of(definition: &Definition, cells: usize) -> Self {
        match definition.privacy {
            Mechanism::Batched { .. } => Self::None,
            Mechanism::Randomised { epsilon } => {
                let epsilon = item_epsilon(definition, epsilon);
                let (keep, switch) = RandomisedResponse::probabilities(cells, epsilon);
                Self::Randomised { keep, switch }
            }
        }
    }
}

/// The net promoter score, −100 to 100, of eleven answers or three classes; `None` without any.
///
/// Exact counts get the adjusted Wald interval (Bonett and Price 2012, as applied to NPS by Rocks 2016):
/// three respondents are added, ¾ of them promoters and ¾ detractors.
pub fn net_promoter_score(cells: &[u64], noise: Noise) -> Option<Estimate> {
    let mut classes = [0_u64; NetPromoter::CLASSES];
    for (cell, count) in cells.iter().enumerate() {
        let class = if cells.len() == NetPromoter::CLASSES { cell } else { NetPromoter::class(cell) };
        if let Some(sum) = classes.get_mut(class) {
            *sum += count;
        }
    }
    let range = (-100.0, 100.0);
    weighted(&classes, &[-100.0, 0.0, 100.0], &[0.75, 1.5, 0.75], noise, range)
}

/// The mean of a scale whose first cell stands for 1; `None` without an answer.
///
/// Exact counts get an interval of the same kind as the net promoter score's: three respondents are
/// added, spread evenly over the scale, so that agreement among few isn't taken for certainty.
pub fn mean(cells: &[u64], noise: Noise) -> Option<Estimate> {
    let points: Vec<f64> = (1..=cells.len()).map(|point| point as f64).collect();
    let added = vec![3.0 / cells.len() as f64; cells.len()];
    weighted(cells, &points, &added, noise, (1.0, cells.len() as f64))
}

/// The share of each cell, 0 to 1; empty without an answer.
///
/// Exact counts get Wilson's score interval (1927).
pub fn shares(cells: &[u64], noise: Noise) -> Vec<Estimate> {
    let answered = total(cells);
    if answered <= 0.0 {
        return Vec::new();
    }
    cells.iter().map(|count| share(*count as f64, answered, noise)).collect()
}

fn share(count: f64, answered: f64, noise: Noise) -> Estimate {
    let observed = count / answered;
    let (value, centre, margin) = match noise {
        Noise::None => {
            let scale = 1.0 + Z * Z / answered;
            let centre = (observed + Z * Z / (2.0 * answered)) / scale;
            let spread = observed * (1.0 - observed) / answered + Z * Z / (4.0 * answered * answered);
            (observed, centre, Z / scale * spread.sqrt())
        }
        Noise::Randomised { keep, switch } => {
            let value = (observed - switch) / (keep - switch);
            let variance = observed * (1.0 - observed) / (answered * (keep - switch).powi(2));
            (value, value, Z * variance.sqrt())
        }
    };
    Estimate::new(value, centre, margin, (0.0, 1.0))
}

/// The mean of `weights` over the answers. For exact counts the interval is that of the counts with
/// `added` to them.
fn weighted(
    cells: &[u64],
    weights: &[f64],
    added: &[f64],
    noise: Noise,
    range: (f64, f64),
) -> Option<Estimate> {
    let observed: Vec<f64> = cells.iter().map(|count| *count as f64).collect();
    let answered = total(cells);
    if answered <= 0.0 {
        return None;
    }
    let (mean, variance) = moments(&observed, weights);
    Some(match noise {
        Noise::None => {
            let adjusted: Vec<f64> = observed.iter().zip(added).map(|(count, added)| count + added).collect();
            let (centre, variance) = moments(&adjusted, weights);
            let respondents = answered + added.iter().sum::<f64>();
            Estimate::new(mean, centre, Z * (variance / respondents).sqrt(), range)
        }
        Noise::Randomised { keep, switch } => {
            // Every cell has `switch` reports too many for each respondent.
            let value = (mean - switch * weights.iter().sum::<f64>()) / (keep - switch);
            let margin = Z * (variance / answered).sqrt() / (keep - switch);
            Estimate::new(value, value, margin, range)
        }
    })
}

/// Mean and variance of `weights` that occur `counts` times.
fn moments(counts: &[f64], weights: &[f64]) -> (f64, f64) {
    let sum = |power: i32| -> f64 {
        counts.iter().zip(weights).map(|(count, weight)| count * weight.powi(power)).sum()
    };
    let all: f64 = counts.iter().sum();
    let mean = sum(1) / all;
    (mean, (sum(2) / all - mean * mean).max(0.0))
}

fn total(cells: &[u64]) -> f64 {
    cells.iter().map(|count| *count as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
    }

    #[test]
    fn net_promoter_score_of_exact_counts() {
        // 5 promoters, 2 passives, 3 detractors; interval worked out by hand from the adjusted formula.
        let score = net_promoter_score(&[1, 0, 0, 1, 0, 0, 1, 1, 1, 2, 3], Noise::None).unwrap();
        close(score.value, 20.0);
        let (p, d) = (5.75 / 13.0, 3.75 / 13.0);
        let margin = 100.0 * Z * ((p + d - (p - d) * (p - d)) / 13.0_f64).sqrt();
        close(score.low, 100.0 * (p - d) - margin);
        close(score.high, 100.0 * (p - d) + margin);
    }

    #[test]
    fn net_promoter_score_of_randomised_classes_has_the_published_variance() {
        let (keep, switch) = RandomisedResponse::probabilities(3, 2.0);
        let score = net_promoter_score(&[250, 300, 450], Noise::Randomised { keep, switch }).unwrap();
        let nps = (450.0 - 250.0) / (1000.0 * (keep - switch));
        close(score.value, 100.0 * nps);
        // a (p+q) + (1−a) 2q is the share of reports that aren't passive.
        let variance = (0.7 / (keep - switch).powi(2) - nps * nps) / 1000.0;
        close(score.high - score.value, 100.0 * Z * variance.sqrt());
    }

    #[test]
    fn shares_follow_wilson() {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let share = shares(&[81, 182], Noise::None)[0];
        close(share.low, 0.2553);
        close(share.high, 0.3662);
    }

    #[test]
    fn agreement_of_few_is_not_certainty() {
        let mean = mean(&[0, 0, 0, 0, 5], Noise::None).unwrap();
        close(mean.value, 5.0);
        assert!(mean.low < 4.5);
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        assert_eq!(net_promoter_score(&[0; 11], Noise::None), None);
        assert_eq!(mean(&[0; 5], Noise::None), None);
        assert!(shares(&[0; 5], Noise::None).is_empty());
    }
}
