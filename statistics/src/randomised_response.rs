//! Shares and means of answers that chance has replaced in part.
//!
//! In come the counts of reports and the probabilities with which answers were replaced; out go shares and means of the
//! true answers. Their ranges cover both the chance of who answered and the noise. If, by the reports, nobody has
//! answered, there is no figure.
//!
//! The ranges are adjusted Wald intervals: three reports are added before a range is worked out, though not for the
//! figure itself. Without them, the range of reports that are nearly all alike would be far too narrow, since such
//! reports hardly vary.
//!
//! # Source
//! Agresti and Coull, "Approximate is better than 'exact' for interval estimation of binomial proportions" (1998), and
//! Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data"
//! (2012), for adding to counts of answers. Adding to reports is ours.

use crate::interval::{Interval, Z};
use crate::moments::Moments;
use crate::scale::ADDED;

/// The probabilities with which answers are reported or replaced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// The probability that the true class is reported, p: above `switch`, up to 1.
    pub keep: f64,
    /// The probability of each other class, q: 0 or more.
    pub switch: f64,
}

impl Response {
    /// How many of `all` n reports truly are of a class that `reported` r of them name: (r − q n) / (p − q). The
    /// estimate has no bias, so it may be below 0 and above `all`.
    ///
    /// ```
    /// let response = puls_statistics::randomised_response::Response { keep: 0.75, switch: 0.25 };
    /// assert_eq!(response.inverted(40.0, 100.0), 30.0);
    /// ```
    pub fn inverted(self, reported: f64, all: f64) -> f64 {
        (reported - all * self.switch) / (self.keep - self.switch)
    }

    /// The share, 0 to 1, of those who chose an option, among those who answered. One bit of a report says whether the
    /// option was chosen and another whether there was no answer; each was randomised by itself. `chosen` and `lacking`
    /// are the shares of the `asked` reports in which the first and the second bit is set; `lacking` is `None` if
    /// everybody had to answer. Returns `None` if the reports leave nobody who answered.
    ///
    /// With b and m for the reported shares and t and µ for the true ones, b = q + (p − q) t and m = q + (p − q) µ. The
    /// figure is s = t / (1 − µ); by the delta method, its variance is that of b + s m, divided by n ((p − q)(1 − µ))².
    /// Nobody truly has both bits, so the reported bits have the covariance −(b − q)(m − q). The range is that of three
    /// more reports of people who answered, half of which have the first bit.
    ///
    /// # Source
    /// Warner, "Randomized response: a survey technique for eliminating evasive answer bias" (1965), for the share if
    /// everybody answers; the quotient is ours.
    ///
    /// ```
    /// let response = puls_statistics::randomised_response::Response { keep: 0.75, switch: 0.25 };
    /// let found = response.share(0.5, None, 100.0).unwrap();
    /// // The standard error is √(b (1 − b) / (n + 3)) / (p − q).
    /// assert!((found.value - 0.5).abs() < 1e-12 && (found.high - 0.693_120).abs() < 1e-6);
    /// ```
    pub fn share(self, chosen: f64, lacking: Option<f64>, asked: f64) -> Option<Interval> {
        let (value, _) = self.share_and_variance(chosen, lacking)?;
        let all = asked + ADDED;
        let chosen = (chosen * asked + ADDED / 2.0) / all;
        let lacking = lacking.map(|lacking| (lacking * asked + self.switch * ADDED) / all);
        let (centre, variance) = self.share_and_variance(chosen, lacking)?;
        Some(Interval::around(value, centre, Z * (variance / all).sqrt(), (0.0, 1.0)))
    }

    /// The share among those who answered, and n times its variance.
    fn share_and_variance(self, chosen: f64, lacking: Option<f64>) -> Option<(f64, f64)> {
        let Self { keep, switch } = self;
        let span = keep - switch;
        let (lack, spread) =
            lacking.map_or((0.0, 0.0), |lacking| (lacking - switch, lacking * (1.0 - lacking)));
        let answered = 1.0 - lack / span;
        if answered <= 0.0 {
            return None;
        }
        let value = (chosen - switch) / span / answered;
        let variance =
            chosen * (1.0 - chosen) + value * value * spread - 2.0 * value * (chosen - switch) * lack;
        Some((value, variance.max(0.0) / (span * answered).powi(2)))
    }

    /// The mean of `weights` over the true answers, cut to `range`, the least and the largest mean possible. `reports`
    /// counts the reports of each class, and `missing` those of no answer; it is 0 if everybody had to answer. `None`
    /// if the reports leave nobody who answered.
    ///
    /// If a share r of n reports names a class, its true share is (r − q) / (p − q). So both the sum of the weights w
    /// and the number of answers are linear in the reports. The figure µ is their quotient; by the delta method, its
    /// variance is that of a number that is w − µ for reports of an answer and 0 for the others. The range is that of
    /// three more reports, half of them with the least weight possible and half with the largest.
    ///
    /// # Source
    /// Wang, Blocki, Li and Jha, "Locally differentially private protocols for frequency estimation" (2017), for the shares' estimates and
    /// their variance; the quotient is ours.
    ///
    /// ```
    /// let response = puls_statistics::randomised_response::Response { keep: 0.5, switch: 0.25 };
    /// // The expected reports of true shares of 0, 0.2 and 0.8.
    /// let found = response.mean(vec![250.0, 300.0, 450.0], 0.0, &[0.0, 1.0, 2.0], (0.0, 2.0)).unwrap();
    /// assert!((found.value - 1.8).abs() < 1e-12);
    /// ```
    pub fn mean(
        self,
        mut reports: Vec<f64>,
        missing: f64,
        weights: &[f64],
        range: (f64, f64),
    ) -> Option<Interval> {
        let all = reports.iter().sum::<f64>() + missing;
        if all <= 0.0 {
            return None;
        }
        let (lowest, highest) = range;
        let middle = f64::midpoint(lowest, highest);
        let (value, _) = self.mean_and_answered(&reports, missing, weights, (0.0, middle))?;
        let (centre, answered) = self.mean_and_answered(&reports, missing, weights, (ADDED, middle))?;
        reports.extend([ADDED / 2.0, ADDED / 2.0, missing]);
        let mut residuals: Vec<f64> =
            weights.iter().chain([&lowest, &highest]).map(|weight| weight - centre).collect();
        residuals.push(0.0);
        let Moments { variance, .. } = Moments::of(&reports, &residuals)?;
        let margin = Z * (variance / (all + ADDED)).sqrt() / ((self.keep - self.switch) * answered);
        Some(Interval::around(value, centre, margin, range))
    }

    /// The mean over those who answered, and their share, with so many reports `added` whose weights have the mean
    /// `middle`.
    fn mean_and_answered(
        self,
        reports: &[f64],
        missing: f64,
        weights: &[f64],
        (added, middle): (f64, f64),
    ) -> Option<(f64, f64)> {
        let Self { keep, switch } = self;
        let all = reports.iter().sum::<f64>() + missing + added;
        let span = (keep - switch) * all;
        let answered = (all - missing - switch * all * reports.len() as f64) / span;
        let unbiased = |(report, weight): (&f64, &f64)| weight * (report - switch * all) / span;
        let sum = reports.iter().zip(weights).map(unbiased).sum::<f64>() + added * middle / span;
        (answered > 0.0).then(|| (sum / answered, answered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A response that keeps e² times as often as it switches to one of two other classes.
    fn of_three() -> Response {
        let odds = 2_f64.exp();
        Response { keep: odds / (odds + 2.0), switch: 1.0 / (odds + 2.0) }
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    /// NumPy: the inverse of the matrix of probabilities, and the covariance of the reports, with 1½ more promoters and detractors
    /// among them.
    #[test]
    fn a_net_promoter_score_has_the_interval_that_numpy_says() {
        let found = of_three().mean(vec![250.0, 300.0, 450.0], 0.0, &[-100.0, 0.0, 100.0], (-100.0, 100.0));
        let found = found.unwrap();
        close(found.value, 29.39105856498);
        close(found.low, 21.908316702679);
        close(found.high, 36.697981532575);
    }

    /// The delta method in NumPy: the covariance of the two reported shares over n, and the quotient's gradient, with three more
    /// reports of people who answered, of which half have the first bit.
    #[test]
    fn a_share_of_those_who_answered_has_the_interval_that_numpy_says() {
        let response = Response { keep: 0.8, switch: 0.2 };
        let found = response.share(0.35, Some(0.32), 400.0).unwrap();
        close(found.value, 0.3125);
        close(found.low, 0.215200570718);
        close(found.high, 0.413282401418);
    }

    #[test]
    fn agreement_of_few_is_not_certainty() {
        // As good as no noise.
        let odds = 8_f64.exp();
        let response = Response { keep: odds / (odds + 2.0), switch: 1.0 / (odds + 2.0) };
        let found = response.mean(vec![0.0, 0.0, 30.0], 0.0, &[0.0, 0.0, 1.0], (0.0, 1.0)).unwrap();
        assert!(found.value > 0.999 && found.low < 0.9, "{found:?}");
        let found = response.share(1.0, None, 30.0).unwrap();
        assert!(found.value > 0.999 && found.low < 0.9, "{found:?}");
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        assert_eq!(of_three().mean(vec![0.0; 3], 0.0, &[0.0, 1.0, 2.0], (0.0, 2.0)), None);
        let Response { keep, .. } = of_three();
        assert_eq!(of_three().share(0.1, Some(keep), 100.0), None, "all of them lack an answer");
    }
}
