//! Shares and means of points that were reported near the truth: a long scale that went through the square wave.
//!
//! In come counts of reports, those beyond the scale's ends included, and how likely each report is; out go shares and the mean of the true points
//! with ranges that cover both the chance of who answered and that of the wave. Of nobody there is nothing.
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
//!
//! # Source
//! Li, Wang, Lopuhaä-Zwakenberg, Li and Škoric, "Estimating numerical distributions under local differential privacy" (2020), for the
//! wave and for shares by expectation and maximisation. The mean's estimate and the class for those without an answer are ours.

use crate::interval::{Interval, Z};
use crate::matrix::inverse_diagonal;
use crate::mixture::{information, likeliest};
use crate::moments::Moments;

/// What came of a scale, reported through a wave.
///
/// ```
/// use puls_statistics::square_wave::Waved;
/// // Three points: a report is at most one off in nine of ten cases, else it is one of the two others.
/// let reports = [1.0, 1.0, 4.0, 4.0, 4.0];
/// let waved = Waved { reports: &reports, points: 3, missing: None, width: 3, near: 0.3, far: 0.05, kept: 0.0, instead: 0.0 };
/// let mean = waved.mean((1.0, 3.0)).unwrap();
/// assert!(mean.value > 2.5, "most lie near the last point: {mean:?}");
/// assert_eq!(waved.shares().len(), 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waved<'a> {
    /// Reports of each point, from the lowest below the scale's first to the highest above its last: `points + width − 1` of them.
    pub reports: &'a [f64],
    /// How many points the scale has: 2 or more.
    pub points: usize,
    /// Reports of no answer; `None` where that can't be.
    pub missing: Option<f64>,
    /// How many reports are near a point: an odd number.
    pub width: usize,
    /// How likely each report near the truth is: above `far`, up to 1.
    pub near: f64,
    /// How likely each other one is; also of "missing", where there is an answer.
    pub far: f64,
    /// How likely "missing" is where there is no answer.
    pub kept: f64,
    /// How likely each point is where there is no answer.
    pub instead: f64,
}

impl Waved<'_> {
    fn respondents(&self) -> f64 {
        self.reports.iter().sum::<f64>() + self.missing.unwrap_or(0.0)
    }

    /// The mean over those who answered, where the scale's first point stands for `lowest` and its last one
    /// for `highest`; `None` where nobody seems to have answered.
    pub fn mean(&self, (lowest, highest): (f64, f64)) -> Option<Interval> {
        let all = self.respondents();
        let step = (highest - lowest) / self.points.saturating_sub(1).max(1) as f64;
        let (counts, scores, answers) = self.scores();
        let (total, answered) = (Moments::of(&counts, &scores)?.mean, Moments::of(&counts, &answers)?.mean);
        if answered <= 0.0 {
            return None;
        }
        let mean = total / answered;
        // By the delta method, as for any quotient of two means.
        let residuals: Vec<f64> =
            scores.iter().zip(&answers).map(|(score, one)| score - mean * one).collect();
        let Moments { variance, .. } = Moments::of(&counts, &residuals)?;
        let margin = Z * (variance / all).sqrt() / answered * step;
        Some(Interval::around(lowest + step * mean, lowest + step * mean, margin, (lowest, highest)))
    }

    /// How often each report was made, and what it adds to the answers' sum and to their number.
    fn scores(&self) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
        let Self { near, far, kept, instead, .. } = *self;
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
        let (scores, answers) = sums.into_iter().unzip();
        (counts, scores, answers)
    }

    /// The share of each point, 0 to 1, among those who answered: the likeliest, by expectation and maximisation; none of nobody. Its
    /// ranges are those of the likelihood's curvature, and so as wide as the scale where reports can't tell
    /// points apart.
    pub fn shares(&self) -> Vec<Interval> {
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
            Interval::around(value, value, Z * variance.sqrt() / answered, (0.0, 1.0))
        };
        shares.iter().zip(&variances).take(points).map(estimate).collect()
    }

    /// How likely each report is of a class.
    fn likelihood(&self, class: usize, reports: usize) -> Vec<f64> {
        let Self { near, far, kept, instead, .. } = *self;
        let of = |report: usize| match (class < self.points, report < self.reports.len()) {
            (true, true) if (class..class + self.width).contains(&report) => near,
            (true, _) => far,
            (false, true) => instead,
            (false, false) => kept,
        };
        (0..reports).map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten points through a wave of three: a report near the truth is e² times as likely as another one.
    fn waved<'a>(reports: &'a [f64; 12], missing: Option<f64>) -> Waved<'a> {
        let odds = 2_f64.exp();
        let all = if missing.is_some() { 10.0 } else { 9.0 };
        let (near, far) = (odds / (3.0 * odds + all), 1.0 / (3.0 * odds + all));
        let kept = near;
        Waved { reports, points: 10, missing, width: 3, near, far, kept, instead: (1.0 - kept) / 12.0 }
    }

    /// Reports exactly as often as they are expected of these shares of the points.
    fn expected(shares: [f64; 10], lacking: f64) -> ([f64; 12], f64) {
        let nobody = [0.0; 12];
        let wave = waved(&nobody, (lacking > 0.0).then_some(0.0));
        let classes = shares.into_iter().map(|share| share * (1.0 - lacking)).chain([lacking]);
        let mut reports = [0.0; 13];
        for (class, share) in classes.enumerate() {
            for (report, likely) in reports.iter_mut().zip(wave.likelihood(class, 13)) {
                *report += 1e4 * share * likely;
            }
        }
        (std::array::from_fn(|report| reports[report]), reports[12])
    }

    const LOPSIDED: [f64; 10] = [0.0, 0.0, 0.05, 0.0, 0.0, 0.0, 0.1, 0.0, 0.25, 0.6];

    /// What is expected of known shares has their mean: exact arithmetic, to the last digits.
    #[test]
    fn the_mean_of_what_is_expected_is_the_mean() {
        let truth: f64 = LOPSIDED.iter().zip(1..).map(|(share, point)| share * f64::from(point)).sum();
        for lacking in [0.0, 0.3] {
            let (reports, missing) = expected(LOPSIDED, lacking);
            let found = waved(&reports, (lacking > 0.0).then_some(missing)).mean((1.0, 10.0)).unwrap();
            assert!((found.value - truth).abs() < 1e-9, "{found:?} for {truth}, {lacking}");
            assert!(found.low < truth && truth < found.high && found.high - found.low < 0.5, "{found:?}");
        }
    }

    #[test]
    fn the_shares_of_what_is_expected_are_near_the_shares() {
        let (reports, _) = expected(LOPSIDED, 0.0);
        let found = waved(&reports, None).shares();
        for (found, truth) in found.iter().zip(LOPSIDED) {
            assert!((found.value - truth).abs() < 0.02, "{found:?} for {truth}");
            assert!(found.low <= truth && truth <= found.high, "{found:?} for {truth}");
        }
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        let nobody = waved(&[0.0; 12], None);
        assert_eq!((nobody.mean((1.0, 10.0)), nobody.shares().len()), (None, 0));
    }
}
