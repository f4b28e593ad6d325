//! Shares and means of a long scale's points that were reported through the square wave, which reports each near the
//! true one.
//!
//! In come the counts of reports, including those beyond the scale's ends, and how likely each report is; out go the
//! shares and the mean of the true points. Their ranges cover both the chance of who answered and the noise of the
//! wave. If nobody has answered, there is no mean and there are no shares.
//!
//! The scale has k points, numbered from 0, and a report may lie up to b points beyond each end: a report j goes from
//! −b to k − 1 + b. Of n reports, the share f is true for a point, the share r names j, and the share m says "no
//! answer". A report near the truth has the probability p, any other one q; w = 2b + 1 reports are near a point. With µ
//! as the true share of those without an answer, and v as the points,
//!
//! ```text
//! µ = (m − q) / (p − q)        Σ v f(v) = (Σ j r − G (q (1 − µ) + u µ)) / ((p − q) w),     G = Σ j
//! ```
//!
//! where u is the probability of each report j from somebody who has no answer. Both are means over reports, so the
//! scale's mean is a quotient of two means, and its only bias is that of the quotient.
//!
//! # Source
//! Li, Wang, Lopuhaä-Zwakenberg, Li and Škoric, "Estimating numerical distributions under local differential privacy"
//! (2020), for the wave and for estimating shares by expectation and maximisation. The estimate of the mean and the
//! class of those without an answer are ours.

use crate::interval::{Interval, Z};
use crate::matrix::inverse_diagonal;
use crate::mixture::{information, likeliest};
use crate::moments::Moments;

/// The reports of a scale's points that came through a square wave.
///
/// ```
/// use puls_statistics::square_wave::SquareWaveReports;
/// // Three points: nine of ten reports are at most one off, the tenth is one of the two others.
/// let reports = [1.0, 1.0, 4.0, 4.0, 4.0];
/// let (near, far) = (0.3, 0.05);
/// let reports =
///     SquareWaveReports { reports: &reports, points: 3, missing: None, width: 3, near, far, kept: 0.0, instead: 0.0 };
/// let mean = reports.mean((1.0, 3.0)).unwrap();
/// assert!(mean.value > 2.5, "most lie near the last point: {mean:?}");
/// assert_eq!(reports.shares().len(), 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SquareWaveReports<'a> {
    /// How often each point was reported, from the lowest below the scale's first point to the highest above its last:
    /// `points + width − 1` counts.
    pub reports: &'a [f64],
    /// How many points the scale has: 2 or more.
    pub points: usize,
    /// How many reports say "no answer"; `None` if everybody has to answer.
    pub missing: Option<f64>,
    /// How many reports are near a point: an odd number.
    pub width: usize,
    /// The probability of each report near the truth: above `far`, up to 1.
    pub near: f64,
    /// The probability of each other report, "no answer" included, from somebody who has an answer.
    pub far: f64,
    /// The probability that somebody without an answer reports "no answer".
    pub kept: f64,
    /// The probability of each point from somebody without an answer.
    pub instead: f64,
}

impl SquareWaveReports<'_> {
    fn respondents(&self) -> f64 {
        self.reports.iter().sum::<f64>() + self.missing.unwrap_or(0.0)
    }

    /// The mean over those who answered, on a scale from `lowest`, its first point, to `highest`, its last one. `None`
    /// if the reports leave nobody who answered.
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

    /// How often each report was made, what each adds to the sum of the answers, and what each adds to their number.
    fn scores(&self) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
        let Self { near, far, kept, instead, .. } = *self;
        let half_width = (self.width / 2) as f64;
        let places: Vec<f64> = (0..self.reports.len()).map(|cell| cell as f64 - half_width).collect();
        let sum: f64 = places.iter().sum();
        // How much a report adds to the number of those without an answer, and to the sum of the answers.
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

    /// The likeliest share of each point, 0 to 1, among those who answered, by expectation and maximisation; empty if
    /// nobody has answered. The ranges follow from the curvature of the likelihood, so they are as wide as the scale if
    /// the reports can't tell points apart.
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

    /// The probability of each report from one class: a point, or those without an answer.
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

    /// Ten points through a wave of width three: a report near the truth is e² times as likely as any other.
    fn through_wave<'a>(reports: &'a [f64; 12], missing: Option<f64>) -> SquareWaveReports<'a> {
        let odds = 2_f64.exp();
        let all = if missing.is_some() { 10.0 } else { 9.0 };
        let (near, far) = (odds / (3.0 * odds + all), 1.0 / (3.0 * odds + all));
        let kept = near;
        SquareWaveReports {
            reports,
            points: 10,
            missing,
            width: 3,
            near,
            far,
            kept,
            instead: (1.0 - kept) / 12.0,
        }
    }

    /// Each report exactly as often as these shares of the points let one expect.
    fn expected(shares: [f64; 10], lacking: f64) -> ([f64; 12], f64) {
        let nobody = [0.0; 12];
        let wave = through_wave(&nobody, (lacking > 0.0).then_some(0.0));
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

    /// The expected reports of known shares have their mean: exact arithmetic, to the last digits.
    #[test]
    fn the_mean_of_what_is_expected_is_the_mean() {
        let truth: f64 = LOPSIDED.iter().zip(1..).map(|(share, point)| share * f64::from(point)).sum();
        for lacking in [0.0, 0.3] {
            let (reports, missing) = expected(LOPSIDED, lacking);
            let found = through_wave(&reports, (lacking > 0.0).then_some(missing)).mean((1.0, 10.0)).unwrap();
            assert!((found.value - truth).abs() < 1e-9, "{found:?} for {truth}, {lacking}");
            assert!(found.low < truth && truth < found.high && found.high - found.low < 0.5, "{found:?}");
        }
    }

    #[test]
    fn the_shares_of_what_is_expected_are_near_the_shares() {
        let (reports, _) = expected(LOPSIDED, 0.0);
        let found = through_wave(&reports, None).shares();
        assert_eq!(found.len(), LOPSIDED.len());
        for (found, truth) in found.iter().zip(LOPSIDED) {
            assert!((found.value - truth).abs() < 0.02, "{found:?} for {truth}");
            assert!(found.low <= truth && truth <= found.high, "{found:?} for {truth}");
        }
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        let nobody = through_wave(&[0.0; 12], None);
        assert_eq!((nobody.mean((1.0, 10.0)), nobody.shares().len()), (None, 0));
    }
}
