//! The mean of answers on a scale, from their sums.
//!
//! In come the number of answers, the sum of their steps above the scale's lowest point, and the sum of the squares of
//! these steps; out goes the mean with its range, or `None` without an answer. The sums are whole numbers, so equal
//! sums give equal figures to the last digit.

use crate::interval::{Interval, Z};

/// Sums of answers. An answer counts as the number of steps that it lies above the scale's lowest point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many answers there are.
    pub answered: u64,
    /// The sum of their steps.
    pub sum: u64,
    /// The sum of the squares of their steps.
    pub squares: u64,
}

impl Sums {
    /// The sums of answers: `counts` says how many lie on each point, and `steps`, which is as long, how many steps
    /// above the lowest that point is.
    ///
    /// ```
    /// use puls_statistics::scale::Sums;
    /// assert_eq!(Sums::of(&[4, 0, 1], &[0, 1, 2]), Sums { answered: 5, sum: 2, squares: 4 });
    /// ```
    pub fn of(counts: &[u64], steps: &[u64]) -> Self {
        let of_point = |(count, steps): (&u64, &u64)| Self {
            answered: *count,
            sum: count.saturating_mul(*steps),
            squares: count.saturating_mul(steps * steps),
        };
        counts.iter().zip(steps).map(of_point).fold(Self::default(), Self::and)
    }

    /// The number and the sum of answers of which no more is known, with the largest sum of squares that such answers
    /// can have: `last` times their sum. `last` is the number of steps from the scale's lowest point to its highest.
    ///
    /// # Source
    /// Bhatia and Davis, "A better bound on the variance" (2000): the variance is at most (max − mean)(mean − min),
    /// which it reaches if each answer lies at one of the scale's ends.
    ///
    /// ```
    /// use puls_statistics::scale::Sums;
    /// // Three answers with the sum 4 vary most if two lie on the lowest of five points and one on the highest.
    /// assert_eq!(Sums::widest(3, 4, 4), Sums::of(&[2, 0, 0, 0, 1], &[0, 1, 2, 3, 4]));
    /// ```
    pub fn widest(answered: u64, sum: u64, last: u64) -> Self {
        Self { answered, sum, squares: sum.saturating_mul(last) }
    }

    /// The sums of both sets of answers together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            answered: self.answered.saturating_add(other.answered),
            sum: self.sum.saturating_add(other.sum),
            squares: self.squares.saturating_add(other.squares),
        }
    }
}

/// A scale of points at equal distances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The figure that the lowest point stands for.
    pub lowest: f64,
    /// The figure that the highest point stands for: more than the lowest.
    pub highest: f64,
    /// How many steps the highest point is above the lowest: 1 or more.
    pub last: u64,
}

/// How the three respondents are spread that are added to the answers before an interval is worked out, so that
/// agreement among few isn't taken for certainty. Their mean is the scale's middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Evenly over all of the scale's points.
    Evenly,
    /// Over the three classes that a difference of two shares is made of, the points 0, 1 and 2: ¾, 1½ and ¾ of a
    /// respondent.
    ToDifference,
}

/// The number of respondents that are added.
pub(crate) const ADDED: f64 = 3.0;

impl Added {
    /// The sum of the squares of the added respondents' steps.
    fn squares(self, last: f64) -> f64 {
        match self {
            Self::Evenly => ADDED * last * (2.0 * last + 1.0) / 6.0,
            Self::ToDifference => 4.5,
        }
    }
}

/// The mean of answers on a scale, with the adjusted Wald interval; `None` without an answer.
///
/// n' = n + 3 and the sums Σ' include the respondents that are `added`. The centre is m' = Σ' s / n' and the half width
/// 1.96 √((Σ' s² / n' − m'²) / n'). The figure itself is the mean without them.
///
/// # Source
/// Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data"
/// (2012), applied to the net promoter score by Rocks, "Interval estimation for the net promoter score" (2016). Doing
/// the same on other scales, with three respondents who are spread evenly, is ours.
///
/// ```
/// use puls_statistics::scale::{Added, Scale, Sums, adjusted_wald};
/// // 5 promoters, 2 passives and 3 detractors.
/// let score = Scale { lowest: -100.0, highest: 100.0, last: 2 };
/// let found = adjusted_wald(Sums::of(&[3, 2, 5], &[0, 1, 2]), score, Added::ToDifference).unwrap();
/// assert_eq!(found.value, 20.0);
/// assert!((found.low - -30.3).abs() < 0.1 && (found.high - 61.1).abs() < 0.1);
/// ```
pub fn adjusted_wald(sums: Sums, scale: Scale, added: Added) -> Option<Interval> {
    let (Sums { answered, sum, squares }, Scale { lowest, highest, last }) = (sums, scale);
    if answered == 0 {
        return None;
    }
    let step = (highest - lowest) / last as f64;
    let figure = |steps: f64| lowest + step * steps;
    let n = answered as f64 + ADDED;
    let centre = (sum as f64 + ADDED * last as f64 / 2.0) / n;
    let variance = ((squares as f64 + added.squares(last as f64)) / n - centre * centre).max(0.0);
    let margin = Z * (variance / n).sqrt() * step;
    Some(Interval::around(figure(sum as f64 / answered as f64), figure(centre), margin, (lowest, highest)))
}

/// The mean of `answered` answers of which only the `sum` of their steps is known, with Hoeffding's interval; `None`
/// without an answer.
///
/// The interval holds the truth in at least 95 of 100 surveys *whatever* people answer, since it follows from the
/// scale's ends alone. With p as the mean's place between the ends (0 to 1), it holds every place q for which n (p ln(p
/// / q) + (1 − p) ln((1 − p) / (1 − q))) is at most ln 40.
///
/// # Source
/// Hoeffding, "Probability inequalities for sums of bounded random variables" (1963), theorem 1.
///
/// ```
/// use puls_statistics::scale::{Scale, hoeffding};
/// // Nine answers on the lowest of five points: the upper end is the place q with (1 − q)^9 = 1 / 40.
/// let found = hoeffding(9, 0, Scale { lowest: 1.0, highest: 5.0, last: 4 }).unwrap();
/// assert!((found.high - (5.0 - 4.0 * 40_f64.powf(-1.0 / 9.0))).abs() < 1e-9);
/// ```
pub fn hoeffding(answered: u64, sum: u64, Scale { lowest, highest, last }: Scale) -> Option<Interval> {
    if answered == 0 {
        return None;
    }
    let place = sum as f64 / (answered as f64 * last as f64);
    let figure = |place: f64| lowest + (highest - lowest) * place;
    let most = 40_f64.ln() / answered as f64;
    Some(Interval {
        value: figure(place),
        low: figure(farthest(place, 0.0, most)),
        high: figure(farthest(place, 1.0, most)),
    })
}

/// How often the distance to the farthest place is halved: after this many times no digit changes any more.
const HALVINGS: u32 = 60;

/// The place farthest from `place` towards `end` whose distance, as in [`hoeffding`], is at most `most`.
fn farthest(place: f64, end: f64, most: f64) -> f64 {
    let term = |share: f64, of: f64| if share > 0.0 { share * (share / of).ln() } else { 0.0 };
    let away = |other: f64| term(place, other) + term(1.0 - place, 1.0 - other);
    let (mut near, mut far) = (place, end);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(near, far);
        *if away(middle) <= most { &mut near } else { &mut far } = middle;
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: Scale = Scale { lowest: 1.0, highest: 5.0, last: 4 };
    const SCORE: Scale = Scale { lowest: -100.0, highest: 100.0, last: 2 };

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    fn five(counts: [u64; 5]) -> Sums {
        Sums::of(&counts, &[0, 1, 2, 3, 4])
    }

    /// NumPy, `np.average` and `np.sqrt` of the weighted points, with 0.6 added to each of five points.
    #[test]
    fn the_mean_has_three_added_who_are_spread_evenly() {
        let found = adjusted_wald(five([4, 0, 1, 0, 1]), FIVE, Added::Evenly).unwrap();
        close(found.value, 2.0);
        close(found.low, 1.311883782025);
        close(found.high, 3.354782884641);
    }

    /// NumPy, by the formula of Rocks' adjusted Wald interval: ¾ added to promoters and to detractors, 1½ to passives.
    #[test]
    fn a_net_promoter_score_has_the_published_interval() {
        for (counts, low, high) in
            [([3, 2, 5], -30.325994435504, 61.095225204735), ([40, 1, 9], -79.529786662793, -37.451345412679)]
        {
            let found = adjusted_wald(Sums::of(&counts, &[0, 1, 2]), SCORE, Added::ToDifference).unwrap();
            close(found.low, low);
            close(found.high, high);
        }
    }

    #[test]
    fn no_figure_lies_outside_its_interval() {
        let one = |counts: [u64; 3]| adjusted_wald(Sums::of(&counts, &[0, 1, 2]), SCORE, Added::ToDifference);
        assert_eq!(one([1, 0, 0]).map(|found| (found.value, found.low)), Some((-100.0, -100.0)));
        assert_eq!(one([0, 0, 1]).map(|found| (found.value, found.high)), Some((100.0, 100.0)));
        assert_eq!(one([0, 0, 0]), None);
    }

    #[test]
    fn agreement_of_few_is_not_certainty() {
        let found = adjusted_wald(five([0, 0, 0, 0, 5]), FIVE, Added::Evenly).unwrap();
        assert!(found.low < 4.5 && (found.value, found.high) == (5.0, 5.0), "{found:?}");
    }

    /// SciPy: `scipy.optimize.brentq` of the distance less ln 40 / n, on each side of the mean's place.
    #[test]
    fn of_a_sum_alone_the_range_is_hoeffdings() {
        for (answered, sum, low, high) in [
            (3, 6, 1.0874088752, 4.9125911248),
            (9, 3, 1.000938091261, 3.008532421127),
            (20, 71, 3.469313205557, 4.96337236938),
        ] {
            let found = hoeffding(answered, sum, FIVE).unwrap();
            close(found.value, 1.0 + sum as f64 / answered as f64);
            close(found.low, low);
            close(found.high, high);
        }
        assert_eq!(hoeffding(0, 0, FIVE), None);
    }

    /// Of all answers with this sum, those at the ends vary most.
    #[test]
    fn no_answers_with_the_same_sum_have_a_wider_range_than_the_widest() {
        for code in 0..5_u64.pow(4) {
            let cells: Vec<u64> = (0..4).map(|place| code / 5_u64.pow(place) % 5).collect();
            let sums = cells.iter().fold(Sums::default(), |sums, cell| sums.and(Sums::of(&[1], &[*cell])));
            let widest = Sums::widest(sums.answered, sums.sum, 4);
            let [narrow, wide] = [sums, widest].map(|sums| adjusted_wald(sums, FIVE, Added::Evenly).unwrap());
            assert!(wide.low <= narrow.low && narrow.high <= wide.high, "{cells:?}");
            let is_at_the_ends = cells.iter().all(|cell| *cell == 0 || *cell == 4);
            assert_eq!(sums == widest, is_at_the_ends, "{cells:?}");
        }
    }
}
