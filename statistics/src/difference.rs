//! The difference of two figures.
//!
//! In come two figures with their ranges, of two waves or of two groups; out goes how much the one exceeds the other,
//! with its range, and how far beyond chance that is.
//!
//! Everything here takes the two figures to be independent. Often they are not: many people answer in one wave and in
//! the next, and those who were satisfied stay so. Then the two figures err in the same direction, and their difference
//! errs less than these formulas say, since Var(X − Y) = Var X + Var Y − 2 Cov(X, Y). So the range is too wide and the
//! p value too large: a change may be missed, but none is made up. Nobody's answers are linked from wave to wave, so it
//! can't be told by how much.

use crate::interval::{Interval, Z};
use statrs::function::erf::erfc;
use std::f64::consts::SQRT_2;

/// The figure `one` less the figure `other`, with its range. The range is as far from the difference as the two ranges'
/// facing ends let it be, so it holds the difference and stays within what is possible for it.
///
/// With the ranges l₁ to u₁ around θ₁ and l₂ to u₂ around θ₂, the range reaches from d − √((θ₁ − l₁)² + (u₂ − θ₂)²) to
/// d + √((u₁ − θ₁)² + (θ₂ − l₂)²), where d = θ₁ − θ₂. It is at 95 % as far as both of these ranges are, and skewed as
/// they are. Of ranges that hold the truth more often, such as Hoeffding's, it holds the truth more often as well. By
/// simulation, the difference of two net promoter scores is in its range in 94 to 97 of 100 cases with 30 people or
/// more, and in nearly all if nearly everybody is a promoter.
///
/// # Source
/// Zou and Donner, "Construction of confidence limits about effect measures: a general approach" (2008), the method of
/// variance estimates recovery (MOVER). Of two shares with Wilson's intervals it is method 10 of Newcombe, "Interval
/// estimation for the difference between independent proportions: comparison of eleven methods" (1998).
///
/// ```
/// use puls_statistics::{difference::mover, proportion::wilson};
/// let found = mover(wilson(56, 70).unwrap(), wilson(48, 80).unwrap());
/// // Newcombe's table II.
/// assert!((found.low - 0.0524).abs() < 5e-5 && (found.high - 0.3339).abs() < 5e-5);
/// ```
pub fn mover(one: Interval, other: Interval) -> Interval {
    let value = one.value - other.value;
    Interval {
        value,
        low: value - (one.value - one.low).hypot(other.high - other.value),
        high: value + (one.high - one.value).hypot(other.value - other.low),
    }
}

/// The figure `one` less the figure `other`, in standard errors of that difference: if the truth is the same for both,
/// this is nearly standard normal. `None` if the difference's range has no width, since chance has no part in such
/// figures; in practice, estimates are so that were cut to an end of the scale together with their ranges.
///
/// z = 1.96 d / h, with the difference d and the length h of that side of its range ([`mover`]) which faces 0. So z is
/// beyond ± 1.96 just where 0 is outside the range.
///
/// ```
/// use puls_statistics::{Interval, difference::standardised};
/// let [earlier, later] = [20.0, 41.0].map(|score| Interval::around(score, score, 15.0, (-100.0, 100.0)));
/// assert!((standardised(later, earlier).unwrap() - 1.94).abs() < 0.005);
/// ```
pub fn standardised(one: Interval, other: Interval) -> Option<f64> {
    let Interval { value, low, high } = mover(one, other);
    let z = Z * value / if value < 0.0 { high - value } else { value - low };
    z.is_finite().then_some(z)
}

/// The probability, 0 to 1, that chance alone takes a standard normal figure at least as far from 0 as `z`, to either
/// side: the two-sided p value of a [`standardised`] difference.
///
/// p = 2 Φ(−|z|), with Φ the standard normal distribution.
///
/// ```
/// let p = puls_statistics::difference::two_sided_p(puls_statistics::interval::Z);
/// assert!((p - 0.05).abs() < 1e-9);
/// ```
pub fn two_sided_p(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proportion::wilson;

    fn certain(value: f64) -> Interval {
        Interval { value, low: value, high: value }
    }

    #[test]
    fn between_what_is_certain_nothing_is_left_to_chance() {
        assert_eq!(mover(certain(3.0), certain(1.0)), certain(2.0));
        assert_eq!(standardised(certain(3.0), certain(1.0)), None);
        assert_eq!(standardised(certain(1.0), certain(1.0)), None);
    }

    #[test]
    fn one_certain_figure_leaves_the_other_ones_range() {
        let share = wilson(1, 8).unwrap();
        let found = mover(share, certain(0.5));
        assert_eq!(found, Interval { value: -0.375, low: share.low - 0.5, high: share.high - 0.5 });
        assert!(standardised(share, certain(0.5)).unwrap() < -1.0);
    }

    #[test]
    fn the_other_way_round_it_is_the_same_turned_round() {
        let (one, other) = (wilson(9, 10).unwrap(), wilson(0, 200).unwrap());
        let (there, back) = (mover(one, other), mover(other, one));
        assert_eq!((there.value, there.low, there.high), (-back.value, -back.high, -back.low));
        let [there, back] =
            [(one, other), (other, one)].map(|(one, other)| standardised(one, other).unwrap());
        assert_eq!((there, two_sided_p(there)), (-back, two_sided_p(back)));
    }

    #[test]
    fn no_difference_leaves_what_is_possible() {
        for (one, other) in [(0, 1), (1, 1), (1, 2), (7, 7), (0, 7), (999, 1000), (1000, 1000)]
            .into_iter()
            .flat_map(|one| [(0, 1), (1, 1), (0, 1000), (3, 4)].map(|other| (one, other)))
        {
            let found = mover(wilson(one.0, one.1).unwrap(), wilson(other.0, other.1).unwrap());
            assert!(-1.0 <= found.low && found.high <= 1.0, "{one:?} {other:?}: {found:?}");
            assert!(found.low <= found.value && found.value <= found.high, "{one:?} {other:?}: {found:?}");
        }
    }
}
