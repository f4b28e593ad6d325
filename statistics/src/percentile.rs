//! The place of a figure among others.
//!
//! In come a figure with its range, and the others as a reference publishes them or as the units have them; out goes the
//! percentile with its range, or `None` if there are no others.

use crate::interval::{Interval, Z};
use crate::proportion;
use statrs::distribution::{ContinuousCDF, Normal};

/// The figures that another one is placed among. They are figures of groups, such as departments or companies, and not
/// single people's answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reference<'a> {
    /// Each of the figures.
    Values(&'a [f64]),
    /// Percentiles of the figures: each with its per cent (0 to 100), and in rising order of both.
    Quantiles(&'a [(f64, f64)]),
    /// Mean and standard deviation of the figures, which are taken to be normally distributed.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation: above 0.
        deviation: f64,
    },
}

/// The percentile of a figure, 0 to 100: how many of a hundred others are lower, and half of those that are equal.
/// `sample` is how many figures the reference was made of, if these are a sample of those that the figure is placed
/// among; `None` if they are all that there are. `None` if the reference is empty or doesn't vary, or the sample is.
///
/// Between published percentiles it is interpolated linearly. A figure beyond the last of them has the percentile of that
/// one, and the range goes on to 0 or 100.
///
/// The range is made of two. One reaches from the percentile of the figure's lower end to that of its upper end. The
/// other is the reference's own: Wilson's interval of a share of the sample, or with a mean and a standard deviation
/// 100 Φ(z ± 1.96 √((1 + z² / 2) / n)). To each side the distances of both are squared, added, and the root is taken, as
/// for two independent errors.
///
/// # Source
/// Percentile rank: Crawford, Garthwaite and Slick, "On percentile norms in neuropsychology" (2009). Both ranges
/// together: Zou and Donner, "Construction of confidence limits about effect measures: a general approach" (2008).
///
/// ```
/// use puls_statistics::{Interval, percentile::{Reference, percentile}};
/// let figure = Interval { value: 31.0, low: 19.0, high: 40.0 };
/// let found = percentile(figure, Reference::Values(&[8.0, 12.0, 31.0, 31.0, 62.0]), None).unwrap();
/// assert_eq!(found, Interval { value: 60.0, low: 40.0, high: 80.0 });
/// ```
pub fn percentile(figure: Interval, reference: Reference<'_>, sample: Option<u64>) -> Option<Interval> {
    let value = reference.share_below(figure.value)?.value;
    let low = reference.share_below(figure.low)?.low;
    let high = reference.share_below(figure.high)?.high;
    let (own_low, own_high) = match sample {
        Some(n) => reference.sampled(figure.value, value, n)?,
        None => (value, value),
    };
    let low = value - (value - low).hypot(value - own_low);
    let high = value + (high - value).hypot(own_high - value);
    let per_cent = |share: f64| 100.0 * share.clamp(0.0, 1.0);
    Some(Interval { value: per_cent(value), low: per_cent(low), high: per_cent(high) })
}

impl Reference<'_> {
    /// The share of the reference's figures below this one, half of the equal ones included; as a range where the
    /// reference doesn't say more.
    fn share_below(self, figure: f64) -> Option<Interval> {
        let exactly = |share: f64| Interval { value: share, low: share, high: share };
        match self {
            Self::Values(values) => {
                let count = |is: fn(f64, f64) -> bool| values.iter().filter(|one| is(**one, figure)).count();
                let (lower, higher) = (count(|one, figure| one < figure), count(|one, figure| one > figure));
                let all = values.len() as f64;
                (all > 0.0).then(|| exactly(0.5 + (lower as f64 - higher as f64) / (2.0 * all)))
            }
            Self::Quantiles(quantiles) => interpolated(quantiles, figure),
            Self::Normal { mean, deviation } => {
                let z = (figure - mean) / deviation;
                (deviation > 0.0).then(|| exactly(Normal::standard().cdf(z)))
            }
        }
    }

    /// The range of this share below a figure in what the reference's `n` figures are a sample of.
    fn sampled(self, figure: f64, share: f64, n: u64) -> Option<(f64, f64)> {
        let Self::Normal { mean, deviation } = self else {
            let found = proportion::score(share, n as f64)?;
            return Some((found.low, found.high));
        };
        let z = (figure - mean) / deviation;
        let margin = Z * ((1.0 + z * z / 2.0) / n as f64).sqrt();
        let normal = Normal::standard();
        (n > 0).then(|| (normal.cdf(z - margin), normal.cdf(z + margin)))
    }
}

/// The share below a figure, by percentiles. Where several percentiles have the same figure, it is the middle of theirs.
fn interpolated(quantiles: &[(f64, f64)], figure: f64) -> Option<Interval> {
    let share = |(per_cent, _): &(f64, f64)| per_cent / 100.0;
    let (first, last) = (quantiles.first()?, quantiles.last()?);
    let below = quantiles.iter().rev().find(|(_, value)| *value <= figure);
    let above = quantiles.iter().find(|(_, value)| *value >= figure);
    let value = match (below, above) {
        (Some(below), Some(above)) => {
            let width = above.1 - below.1;
            let place = if width > 0.0 { (figure - below.1) / width } else { 0.5 };
            share(below) + place * (share(above) - share(below))
        }
        (None, _) => share(first),
        (_, None) => share(last),
    };
    let low = if figure < first.1 { 0.0 } else { value };
    let high = if figure > last.1 { 1.0 } else { value };
    Some(Interval { value, low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(value: f64) -> Interval {
        Interval { value, low: value, high: value }
    }

    #[test]
    fn there_is_no_place_among_nobody() {
        assert_eq!(percentile(exact(1.0), Reference::Values(&[]), None), None);
        assert_eq!(percentile(exact(1.0), Reference::Quantiles(&[]), None), None);
        assert_eq!(percentile(exact(1.0), Reference::Normal { mean: 1.0, deviation: 0.0 }, None), None);
        assert_eq!(percentile(exact(1.0), Reference::Values(&[1.0]), Some(0)), None);
    }

    #[test]
    fn among_figures_that_are_all_alike_an_equal_one_is_in_the_middle() {
        let others = [3.0; 5];
        assert_eq!(percentile(exact(3.0), Reference::Values(&others), None), Some(exact(50.0)));
        assert_eq!(percentile(exact(4.0), Reference::Values(&others), None), Some(exact(100.0)));
    }

    #[test]
    fn beyond_the_last_percentile_the_range_goes_on_to_the_end() {
        let quantiles = Reference::Quantiles(&[(10.0, 3.0), (25.0, 4.0), (50.0, 4.0), (90.0, 5.0)]);
        let of = |figure: f64| percentile(exact(figure), quantiles, None).unwrap();
        assert_eq!(of(2.0), Interval { value: 10.0, low: 0.0, high: 10.0 });
        assert_eq!(of(6.0), Interval { value: 90.0, low: 90.0, high: 100.0 });
        assert_eq!(of(4.0), exact(37.5), "between the percentiles that have this figure");
        assert_eq!(of(4.5), exact(70.0));
    }

    #[test]
    fn both_ranges_are_wider_than_either() {
        let others: Vec<f64> = (0..20).map(f64::from).collect();
        let figure = Interval { value: 9.5, low: 7.5, high: 13.5 };
        let of = |figure, sample| percentile(figure, Reference::Values(&others), sample).unwrap();
        let (by_figure, by_sample, by_both) =
            (of(figure, None), of(exact(9.5), Some(20)), of(figure, Some(20)));
        assert!(by_both.low < by_figure.low.min(by_sample.low), "{by_both:?}");
        assert!(by_both.high > by_figure.high.max(by_sample.high), "{by_both:?}");
    }
}
