//! Estimates from reports of a long scale that went through the square wave.
//!
//! Of n reports let r be the share of those that name the point j, counted from the scale's first one, so that
//! j goes from −b to k − 1 + b, and m the share of those that name none. With p the probability of a report
//! near the truth, q that of another one, w = 2b + 1 and µ the true share of those without an answer,
//!
//! ```text
//! µ = (m − q) / (p − q)        Σ v f(v) = (Σ j r − G (q (1 − µ) + u µ)) / ((p − q) w),     G = Σ j
//! ```
//!
//! where u is the probability of each point where there is no answer. Both are means over reports, and so the
//! scale's mean is a quotient of two of them, without bias but for the quotient.

use super::{Estimate, Z, moments};
use puls_core::privacy::WaveProbabilities;

/// What came of a scale, reported through a wave of `width`.
#[derive(Clone, Copy)]
pub(super) struct Waved<'a> {
    /// Reports of each point, those beyond the scale's ends included.
    pub(super) reports: &'a [f64],
    pub(super) points: usize,
    /// Reports of no answer; `None` where that can't be.
    pub(super) missing: Option<f64>,
    pub(super) width: usize,
    pub(super) probabilities: WaveProbabilities,
}

/// Rounds of expectation and maximisation at most; 0 to 10 takes a few hundred.
const MOST_ROUNDS: usize = 2_000;

impl Waved<'_> {
    fn respondents(&self) -> f64 {
        self.reports.iter().sum::<f64>() + self.missing.unwrap_or(0.0)
    }

    /// The mean over those who answered, where the scale's first point stands for `lowest` and its last one
    /// for `highest`.
    pub(super) fn mean(&self, (lowest, highest): (f64, f64)) -> Option<Estimate> {
        let WaveProbabilities { near, far, kept, instead } = self.probabilities;
        let all = self.respondents();
        if all <= 0.0 {
            return None;
        }
        let step = (highest - lowest) / (self.points - 1) as f64;
        let half_width = (self.width / 2) as f64;
        let places: Vec<f64> = (0..self.reports.len()).map(|cell| cell as f64 - half_width).collect();
        let sum: f64 = places.iter().sum();
        // What a report adds to the number of those without an answer, to the answers and to their sum.
        let lacking = |report: f64| if self.missing.is_some() { (report - far) / (kept - far) } else { 0.0 };
        let score = |place: f64, lacking: f64| {
            let expected = sum * (far * (1.0 - lacking) + instead * lacking);
            (place - expected) / ((near - far) * self.width as f64)
        };
        let (mut counts, mut sums) = (self.reports.to_vec(), Vec::new());
        sums.extend(places.iter().map(|place| (score(*place, lacking(0.0)), 1.0 - lacking(0.0))));
        if let Some(missing) = self.missing {
            counts.push(missing);
            sums.push((score(0.0, lacking(1.0)), 1.0 - lacking(1.0)));
        }
        let (scores, answers): (Vec<f64>, Vec<f64>) = sums.into_iter().unzip();
        let ((total, _), (answered, _)) = (moments(&counts, &scores), moments(&counts, &answers));
        if answered <= 0.0 {
            return None;
        }
        let mean = total / answered;
        // By the delta method, as for any quotient of two means.
        let residuals: Vec<f64> =
            scores.iter().zip(&answers).map(|(score, one)| score - mean * one).collect();
        let (_, variance) = moments(&counts, &residuals);
        let margin = Z * (variance / all).sqrt() / answered * step;
        Some(Estimate::new(lowest + step * mean, lowest + step * mean, margin, (lowest, highest)))
    }

    /// The share of each point among those who answered: the likeliest, by expectation and maximisation. Its
    /// ranges are those of the likelihood's curvature, and so as wide as the scale where reports can't tell
    /// points apart.
    pub(super) fn shares(&self) -> Vec<Estimate> {
        if self.respondents() <= 0.0 {
            return Vec::new();
        }
        let points = self.points;
        let mut counts = self.reports.to_vec();
        counts.extend(self.missing);
        let classes = points + usize::from(self.missing.is_some());
        let channel: Vec<Vec<f64>> = (0..classes).map(|class| self.likelihood(class, counts.len())).collect();
        let shares = likeliest(&channel, &counts);
        let variances = inverse_diagonal(information(&channel, &counts, &shares));
        let answered: f64 = shares.iter().take(points).sum();
        if answered <= 0.0 {
            return Vec::new();
        }
        let estimate = |(share, variance): (&f64, &f64)| {
            let value = share / answered;
            Estimate::new(value, value, Z * variance.sqrt() / answered, (0.0, 1.0))
        };
        shares.iter().zip(&variances).take(points).map(estimate).collect()
    }

    /// How likely each report is of a class.
    fn likelihood(&self, class: usize, reports: usize) -> Vec<f64> {
        let WaveProbabilities { near, far, kept, instead } = self.probabilities;
        let of = |report: usize| match (class < self.points, report < self.reports.len()) {
            (true, true) if (class..class + self.width).contains(&report) => near,
            (true, _) => far,
            (false, true) => instead,
            (false, false) => kept,
        };
        (0..reports).map(of).collect()
    }
}

/// How likely each report is, given the classes' shares.
fn mixture(channel: &[Vec<f64>], shares: &[f64], reports: usize) -> Vec<f64> {
    let at = |report: usize| -> f64 {
        channel.iter().zip(shares).filter_map(|(row, share)| Some(row.get(report)? * share)).sum()
    };
    (0..reports).map(at).collect()
}

fn likeliest(channel: &[Vec<f64>], counts: &[f64]) -> Vec<f64> {
    let all: f64 = counts.iter().sum();
    let mut shares = vec![1.0 / channel.len() as f64; channel.len()];
    for _ in 0..MOST_ROUNDS {
        let mixture = mixture(channel, &shares, counts.len());
        let weights: Vec<f64> =
            counts.iter().zip(&mixture).map(|(count, likely)| count / likely / all).collect();
        let next: Vec<f64> = channel
            .iter()
            .zip(&shares)
            .map(|(row, share)| {
                share * row.iter().zip(&weights).map(|(likely, weight)| likely * weight).sum::<f64>()
            })
            .collect();
        let change: f64 = next.iter().zip(&shares).map(|(new, old)| (new - old).abs()).sum();
        shares = next;
        if change < 1e-6 {
            break;
        }
    }
    shares
}

/// The information that the reports have of all shares but the last, which the others leave.
fn information(channel: &[Vec<f64>], counts: &[f64], shares: &[f64]) -> Vec<Vec<f64>> {
    let all: f64 = counts.iter().sum();
    let mixture = mixture(channel, shares, counts.len());
    let Some((last, others)) = channel.split_last() else { return Vec::new() };
    let rows: Vec<Vec<f64>> =
        others.iter().map(|row| row.iter().zip(last).map(|(one, last)| one - last).collect()).collect();
    let product = |one: &Vec<f64>, two: &Vec<f64>| -> f64 {
        let terms = one.iter().zip(two).zip(&mixture).map(|((one, two), likely)| one * two / likely);
        all * terms.sum::<f64>()
    };
    rows.iter().map(|one| rows.iter().map(|two| product(one, two)).collect()).collect()
}

/// The inverse's diagonal and, last, the sum of all its entries: the variance of what the others leave. By
/// elimination with pivots; infinite where it has no inverse.
fn inverse_diagonal(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let size = matrix.len();
    for (index, row) in matrix.iter_mut().enumerate() {
        row.extend((0..size).map(|column| if column == index { 1.0 } else { 0.0 }));
    }
    for column in 0..size {
        let size_at = |row: &Vec<f64>| row.get(column).map_or(0.0, |entry| entry.abs());
        let candidates = matrix.iter().enumerate().skip(column);
        let pivot = candidates.max_by(|(_, one), (_, two)| size_at(one).total_cmp(&size_at(two)));
        let Some(pivot) =
            pivot.map(|(index, _)| index).filter(|index| matrix.get(*index).map_or(0.0, size_at) > 1e-9)
        else {
            return vec![f64::INFINITY; size + 1];
        };
        matrix.swap(column, pivot);
        let Some(mut row) = matrix.get(column).cloned() else { break };
        let scale = row.get(column).copied().unwrap_or(1.0);
        row.iter_mut().for_each(|entry| *entry /= scale);
        for (index, other) in matrix.iter_mut().enumerate() {
            let factor = other.get(column).copied().unwrap_or(0.0);
            if index == column {
                other.clone_from(&row);
            } else {
                other.iter_mut().zip(&row).for_each(|(entry, of)| *entry -= factor * of);
            }
        }
    }
    let entry = |row: usize, column: usize| matrix.get(row).and_then(|row| row.get(size + column)).copied();
    let diagonal = (0..size).map(|index| entry(index, index).unwrap_or(f64::INFINITY).max(0.0));
    let sum: f64 = matrix.iter().flat_map(|row| row.iter().skip(size)).sum();
    diagonal.chain([sum.max(0.0)]).collect()
}
