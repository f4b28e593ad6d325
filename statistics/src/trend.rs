//! Marks in a series of waves, where a figure changes beyond chance.
//!
//! In come one figure's waves, each with its range; out go marks: in which wave the figure changes, from which level to
//! which, and how sure the difference is. Waves may lack a figure, and may differ in how many people answered. Fewer than
//! two waves have no mark.
//!
//! # How a mark comes about
//! The waves are gone through in the order of time, as they come in. All waves since the last mark count as one level, until
//! there is a wave whose earlier waves and later ones have means x̄₁ and x̄₂ too far apart: |x̄₂ − x̄₁| / √(1 / W₁ + 1 / W₂)
//! is above a [`limit`]. A wave with the standard error s has the weight 1 / s², and W₁ and W₂ are the sums of the weights.
//! This is the CUSUM of the deviations from the common mean, standardised for each wave in which the change may have begun.
//! The earlier level isn't taken as known: its own error counts. The waves after the change become the new level, so a dip
//! and its recovery are two marks.
//!
//! If later waves bring a mark's difference down to 1.96 standard errors or less, the mark is withdrawn, and the levels on
//! its two sides become one again. So no mark has 0 in its range.
//!
//! # False marks
//! A flat series gets at most one false mark in 20 years ([`FALSE_MARKS_PER_YEAR`]), whether its waves are weeks, months or
//! quarters. `benches/marks.rs` counts false marks in 10,000 series: of normal figures whose standard errors vary fivefold, and
//! of net promoter scores of 30 to 1,000 people. Each cell is the number of false marks in 20 years, for series of so many
//! waves; a fifth to a half of them are withdrawn by the end:
//!
//! | flat series | 8 waves | 24 waves | 104 waves |
//! | --- | --- | --- | --- |
//! | normal figures | 0.71 to 0.75 | 0.74 to 0.82 | 0.90 to 0.92 |
//! | a score of −5 | 0.67 to 0.74 | 0.81 to 0.85 | 0.92 to 0.95 |
//! | a score of 66 | 0.17 to 0.27 | 0.20 to 0.33 | 0.30 to 0.40 |
//!
//! A lopsided score has fewer, since the adjusted Wald interval is too wide for it.
//!
//! # Power
//! The same program lets a net promoter score fall from 20 to 10 after a year at 20, in 2,000 series. Each cell says how many
//! series have a mark once the dip has lasted for so many waves:
//!
//! | waves | 100 people each | 1,000 people each |
//! | --- | --- | --- |
//! | weeks | 17 % by 4, 73 % by 13, 95 % by 26 | 50 % at once, all by 4 |
//! | months | 16 % by 3, 36 % by 6, 60 % by 12 | 67 % at once, 99 % by 3 |
//! | quarters | 6 % at once, 14 % by 2, 26 % by 4 | 73 % at once, 95 % by 2 |
//!
//! # Limits
//! A change beyond chance needn't matter: with very many people, small changes are marked, too. When a mark first appears,
//! its difference is exaggerated, since larger differences are marked sooner: by about 5 % with 1,000 people, and by 40 to
//! 135 % with 100. Later waves put that right. In these runs, ranges hold the true difference in 90 to 95 of 100 marks, but
//! in 81 where there are only a few quarters of 100 people.
//!
//! # Source
//! Page, "Continuous inspection schemes" (1954), for the CUSUM; Hawkins, Qiu and Kang, "The changepoint model for
//! statistical process control" (2003), for the unknown level and for limits of equal chance; Siegmund and Venkatraman,
//! "Using the generalized likelihood ratio statistic for sequential detection of a change-point" (1995), for the
//! comparison with a CUSUM that knows the size of the change, which this one comes close to for changes of all sizes.
//! The withdrawal is ours.

mod level;

use crate::interval::{Interval, Z};
use level::{Level, Wave, distance, widest_split};
use statrs::function::erf::erfc_inv;
use std::f64::consts::SQRT_2;

/// How many marks a year of waves brings to a series that doesn't change, on average and at most: one in 20 years.
pub const FALSE_MARKS_PER_YEAR: f64 = 0.05;

/// A figure's series of waves.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// Each wave's figure, in the order of time; `None` where a wave has none.
    pub figures: &'a [Option<Interval>],
    /// How many waves a year has, 1 or more: 52 weeks, 12 months or 4 quarters.
    pub waves_per_year: u32,
    /// The least and the greatest figure that there can be.
    pub bounds: (f64, f64),
}

/// A change beyond chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The first wave at the new level, counted from 0. The change may well have come a few waves earlier or later.
    pub since: usize,
    /// The wave that brought the mark, counted from 0: `since` or a later one.
    pub noticed: usize,
    /// The level before: the weighted mean of the waves from the mark before it, or from the first wave.
    pub from: Interval,
    /// The level since: the weighted mean of the waves up to the next mark, or to the last wave.
    pub to: Interval,
    /// `to` less `from`. Its range doesn't hold 0.
    pub difference: Interval,
}

/// Which way a figure changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The figure is higher than before.
    Rise,
    /// The figure is lower than before.
    Fall,
}

impl Mark {
    /// Which way the figure changes.
    pub fn direction(&self) -> Direction {
        if self.difference.value > 0.0 { Direction::Rise } else { Direction::Fall }
    }
}

/// A new level among the waves that have a figure; indices count these waves alone.
#[derive(Debug, Clone, Copy)]
struct Start {
    since: usize,
    noticed: usize,
}

impl Series<'_> {
    /// The marks, in the order of time.
    ///
    /// ```
    /// use puls_statistics::Interval;
    /// use puls_statistics::trend::{Direction, Series};
    /// let wave = |score| Some(Interval::around(score, score, 8.0, (-100.0, 100.0)));
    /// let figures = [wave(30.0), wave(31.0), None, wave(29.0), wave(12.0), wave(11.0), wave(31.0), wave(30.0)];
    /// let series = Series { figures: &figures, waves_per_year: 12, bounds: (-100.0, 100.0) };
    /// let [dip, recovery] = series.marks()[..] else { panic!() };
    /// assert_eq!((dip.since, dip.direction()), (4, Direction::Fall));
    /// assert!((dip.difference.value - -18.5).abs() < 1e-9, "from 30 to 11.5");
    /// assert_eq!((recovery.since, recovery.direction()), (6, Direction::Rise));
    /// ```
    pub fn marks(&self) -> Vec<Mark> {
        let waves = self.waves();
        let mut starts = Vec::new();
        for now in 0..waves.len() {
            let so_far = waves.get(..=now).unwrap_or_default();
            // Before the search: the level to be searched may be a longer one, which is less easily left by chance.
            withdraw(&mut starts, so_far);
            starts.extend(self.start(&starts, so_far));
        }
        withdraw(&mut starts, &waves);
        let levels = levels(&starts, &waves);
        let mark = |(start, (from, to)): (&Start, (&Level, &Level))| {
            let index = |wave: usize| waves.get(wave).map(|wave| wave.index);
            Some(self.mark(index(start.since)?, index(start.noticed)?, *from, *to))
        };
        starts.iter().zip(levels.iter().zip(levels.iter().skip(1))).filter_map(mark).collect()
    }

    /// The waves that have a figure.
    fn waves(&self) -> Vec<Wave> {
        let (min, max) = self.bounds;
        let wave = |(index, figure): (usize, &Option<Interval>)| Some(Wave::of(index, (*figure)?, max - min));
        self.figures.iter().enumerate().filter_map(wave).collect()
    }

    /// The new level that the last of the `waves` brings, if it brings one.
    fn start(&self, starts: &[Start], waves: &[Wave]) -> Option<Start> {
        let since = starts.last().map_or(0, |start| start.since);
        let level = waves.get(since..)?;
        let (split, distance) = widest_split(level)?;
        let noticed = waves.len() - 1;
        (distance > limit(self.waves_per_year, level.len()))
            .then_some(Start { since: since + split, noticed })
    }

    fn mark(&self, since: usize, noticed: usize, from: Level, to: Level) -> Mark {
        let range = |value: f64, variance: f64, bounds: (f64, f64)| {
            Interval::around(value, value, Z * variance.sqrt(), bounds)
        };
        let level = |level: Level| range(level.mean(), level.variance(), self.bounds);
        let span = self.bounds.1 - self.bounds.0;
        let variance = from.variance() + to.variance();
        let difference = range(to.mean() - from.mean(), variance, (-span, span));
        Mark { since, noticed, from: level(from), to: level(to), difference }
    }
}

/// The levels that begin at the first wave and at each of the `starts`.
fn levels(starts: &[Start], waves: &[Wave]) -> Vec<Level> {
    let first = std::iter::once(0).chain(starts.iter().map(|start| start.since));
    let end = starts.iter().map(|start| start.since).chain([waves.len()]);
    first.zip(end).filter_map(|(first, end)| waves.get(first..end)).map(Level::of).collect()
}

/// Withdraws what isn't borne out, one start after the other, since each makes the levels beside it longer.
fn withdraw(starts: &mut Vec<Start>, waves: &[Wave]) {
    loop {
        let levels = levels(starts, waves);
        let mut pairs = levels.iter().zip(levels.iter().skip(1));
        let Some(chance) = pairs.position(|(from, to)| distance(*from, *to) <= Z) else { return };
        starts.remove(chance);
    }
}

/// Which part of the false marks comes of itself, at least. The others follow a false one, as its recovery.
const OF_THEMSELVES: f64 = 0.85;

/// How many standard errors two levels have to lie apart for a mark, where both together have this many waves (2 or
/// more).
///
/// A year of f waves has f chances of α = 0.85 · 0.05 / f each, which leaves room for false marks that follow a false
/// one. A normal distribution goes beyond the limit, to either side, with the probability α / l. With two waves there is
/// one way to split them, and l = 1. With more waves there are more ways, which are as good as l independent ones: 1 / l
/// = 1 / m + (1 − 1 / m) (2 / waves)^1.4, which tends to m = 0.767 ln(1 / α) − 0.52. Form and constants of l are ours.
/// They are fitted to simulated limits for weeks, months and quarters, from which they are less than 0.03 away.
///
/// ```
/// use puls_statistics::trend::limit;
/// // Two quarters: both tails together are 1.0625 %.
/// assert!((limit(4, 2) - 2.554_796).abs() < 1e-6);
/// assert!(limit(52, 104) > limit(52, 8) && limit(52, 8) > limit(12, 8));
/// ```
pub fn limit(waves_per_year: u32, waves: usize) -> f64 {
    let chance = OF_THEMSELVES * FALSE_MARKS_PER_YEAR / f64::from(waves_per_year);
    let least = (-0.767 * chance.ln() - 0.52).recip();
    let looks = (least + (1.0 - least) * (2.0 / waves as f64).powf(1.4)).recip();
    SQRT_2 * erfc_inv(chance / looks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: (f64, f64) = (-100.0, 100.0);

    fn wave(value: f64, margin: f64) -> Option<Interval> {
        Some(Interval::around(value, value, margin, BOUNDS))
    }

    fn marks(figures: &[Option<Interval>]) -> Vec<Mark> {
        Series { figures, waves_per_year: 4, bounds: BOUNDS }.marks()
    }

    #[test]
    fn without_two_waves_there_is_no_mark() {
        assert_eq!(marks(&[]), []);
        assert_eq!(marks(&[None, None]), []);
        assert_eq!(marks(&[None, wave(100.0, 0.0), None]), []);
    }

    #[test]
    fn the_second_wave_can_bring_a_mark() {
        let [mark] = marks(&[wave(40.0, 6.0), None, wave(10.0, 8.0)])[..] else { panic!("one mark") };
        assert_eq!((mark.since, mark.noticed, mark.direction()), (2, 2, Direction::Fall));
        for (found, value, margin) in
            [(mark.from, 40.0, 6.0), (mark.to, 10.0, 8.0), (mark.difference, -30.0, 10.0)]
        {
            let [low, high] = [value - margin, value + margin];
            assert!((found.low - low).abs() < 1e-9 && (found.high - high).abs() < 1e-9, "{mark:?}");
        }
    }

    #[test]
    fn missing_waves_change_nothing_but_the_indices() {
        let full = [40.0, 41.0, 39.0, 10.0, 11.0].map(|score| wave(score, 8.0));
        let gaps: Vec<Option<Interval>> = full.iter().flat_map(|figure| [None, *figure]).collect();
        let spread = |mark: Mark| Mark { since: 2 * mark.since + 1, noticed: 2 * mark.noticed + 1, ..mark };
        assert_eq!(marks(&full).len(), 1);
        assert_eq!(marks(&gaps), marks(&full).into_iter().map(spread).collect::<Vec<_>>());
    }

    #[test]
    fn what_later_waves_do_not_bear_out_is_withdrawn() {
        let mut figures = vec![wave(30.0, 8.0); 8];
        figures.push(wave(17.0, 8.0));
        assert_eq!(marks(&figures).len(), 1, "3.0 standard errors");
        figures.extend([wave(28.0, 8.0); 4]);
        assert_eq!(marks(&figures), []);
    }

    #[test]
    fn figures_without_error_are_marked_where_they_differ_and_nowhere_else() {
        assert_eq!(marks(&[wave(100.0, 0.0); 9]), []);
        let [mark] = marks(&[wave(0.1, 0.0), wave(0.1, 0.0), wave(0.2, 0.0)])[..] else { panic!("one mark") };
        assert!(
            (mark.difference.low - 0.1).abs() < 1e-6 && (mark.difference.high - 0.1).abs() < 1e-6,
            "{mark:?}"
        );
    }

    #[test]
    fn nothing_is_beyond_the_bounds() {
        let [mark] = marks(&[wave(-100.0, 90.0), wave(100.0, 90.0)])[..] else { panic!("one mark") };
        assert_eq!((mark.from.low, mark.to.high, mark.difference.high), (-100.0, 100.0, 200.0));
    }

    #[test]
    fn surer_waves_count_more() {
        let [mark] = marks(&[wave(40.0, 4.0), wave(50.0, 8.0), wave(0.0, 4.0)])[..] else {
            panic!("one mark")
        };
        assert!((mark.from.value - 42.0).abs() < 1e-9, "four to one: {mark:?}");
    }
}
