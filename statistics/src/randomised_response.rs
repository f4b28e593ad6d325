//! Shares and means of answers, some of which chance has replaced.
//!
//! In come the counts of reports and the probabilities with which answers were replaced; out go shares and means of the
//! true answers. Their ranges cover both the chance of who answered and the noise. If the reports leave nobody who
//! answered, there is no figure.

use crate::interval::{Interval, Z};
use crate::moments::Moments;

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
    /// Nobody truly has both bits, so the reported bits have the covariance −(b − q)(m − q).
    ///
    /// # Source
    /// Warner, "Randomized response: a survey technique for eliminating evasive answer bias" (1965), for the share if
    /// everybody answers; the quotient is ours.
    ///
    /// ```
    /// let response = puls_statistics::randomised_response::Response { keep: 0.75, switch: 0.25 };
    /// let found = response.share(0.5, None, 100.0).unwrap();
    /// // The standard error is √(b (1 − b) / n) / (p − q).
    /// assert!((found.value - 0.5).abs() < 1e-12 && (found.high - 0.695_996).abs() < 1e-6);
    /// ```
    pub fn share(self, chosen: f64, lacking: Option<f64>, asked: f64) -> Option<Interval> {
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
        let margin = Z * (variance.max(0.0) / asked).sqrt() / (span * answered);
        Some(Interval::around(value, value, margin, (0.0, 1.0)))
    }

    /// The mean of `weights` over the true answers, cut to `range`. `reports` counts the reports of each class, and
    /// `missing` those of no answer; it is 0 if everybody had to answer. `None` if the reports leave nobody who
    /// answered.
    ///
    /// If a share r of n reports names a class, its true share is (r − q) / (p − q). So both the sum of the weights w
    /// and the number of answers are linear in the reports. The figure µ is their quotient; by the delta method, its
    /// variance is that of a number that is w − µ for reports of an answer and 0 for the others.
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
        let Self { keep, switch } = self;
        let all = reports.iter().sum::<f64>() + missing;
        if all <= 0.0 {
            return None;
        }
        let span = (keep - switch) * all;
        let answered = (all - missing - switch * all * reports.len() as f64) / span;
        if answered <= 0.0 {
            return None;
        }
        let unbiased = |(report, weight): (&f64, &f64)| weight * (report - switch * all) / span;
        let value = reports.iter().zip(weights).map(unbiased).sum::<f64>() / answered;
        let mut residuals: Vec<f64> = weights.iter().map(|weight| weight - value).collect();
        reports.push(missing);
        residuals.push(0.0);
        let Moments { variance, .. } = Moments::of(&reports, &residuals)?;
        let margin = Z * (variance / all).sqrt() / ((keep - switch) * answered);
        Some(Interval::around(value, value, margin, range))
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

    #[test]
    fn a_net_promoter_score_has_the_published_variance() {
        let Response { keep, switch } = of_three();
        let found = of_three().mean(vec![250.0, 300.0, 450.0], 0.0, &[-100.0, 0.0, 100.0], (-100.0, 100.0));
        let found = found.unwrap();
        let score = (450.0 - 250.0) / (1000.0 * (keep - switch));
        close(found.value, 100.0 * score);
        // a (p + q) + (1 − a) 2q is the share of reports that aren't passive.
        let variance = (0.7 / (keep - switch).powi(2) - score * score) / 1000.0;
        close(found.high - found.value, 100.0 * Z * variance.sqrt());
    }

    /// The delta method in NumPy: the covariance of the two reported shares over n, and the quotient's gradient.
    #[test]
    fn a_share_of_those_who_answered_has_the_variance_that_numpy_says() {
        let response = Response { keep: 0.8, switch: 0.2 };
        let found = response.share(0.35, Some(0.32), 400.0).unwrap();
        close(found.value, 0.3125);
        close(found.high - found.value, 0.099496697291);
    }

    #[test]
    fn nothing_is_said_of_nobody() {
        assert_eq!(of_three().mean(vec![0.0; 3], 0.0, &[0.0, 1.0, 2.0], (0.0, 2.0)), None);
        let Response { keep, .. } = of_three();
        assert_eq!(of_three().share(0.1, Some(keep), 100.0), None, "all of them lack an answer");
    }
}
