//! Waves that are taken for one level, and how far two levels lie apart.

use crate::interval::Interval;

/// A wave that has a figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wave {
    /// Which wave it is, counted from 0.
    pub(super) index: usize,
    value: f64,
    weight: f64,
}

/// The least standard error, as a part of the measure's span. A figure without error has this one, so that its weight
/// is finite.
const LEAST_ERROR: f64 = 1e-9;

impl Wave {
    /// `span` is the distance between the measure's bounds.
    pub(super) fn of(index: usize, figure: Interval, span: f64) -> Self {
        let error = figure.standard_error().max(LEAST_ERROR * span);
        Self { index, value: figure.value, weight: error.powi(-2) }
    }
}

/// The weighted sum of waves, and the sum of their weights.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Level {
    sum: f64,
    weight: f64,
}

impl Level {
    /// The level of one wave or more.
    pub(super) fn of(waves: &[Wave]) -> Self {
        waves.iter().fold(Self::default(), Self::and)
    }

    fn and(self, wave: &Wave) -> Self {
        Self { sum: self.sum + wave.weight * wave.value, weight: self.weight + wave.weight }
    }

    /// The weighted mean.
    pub(super) fn mean(self) -> f64 {
        self.sum / self.weight
    }

    /// The variance of the weighted mean.
    pub(super) fn variance(self) -> f64 {
        self.weight.recip()
    }
}

/// How far two levels lie apart, in standard errors of their difference.
pub(super) fn distance(one: Level, other: Level) -> f64 {
    (one.mean() - other.mean()).abs() / (one.variance() + other.variance()).sqrt()
}

/// Where waves split into the two levels that lie farthest apart: how many waves are before, and the distance. `None` for
/// fewer than two waves.
///
/// Both sides are added up from their own ends: a difference of sums would lose light waves beside heavy ones.
pub(super) fn widest_split(waves: &[Wave]) -> Option<(usize, f64)> {
    let running = |level: &mut Level, wave: &Wave| {
        *level = level.and(wave);
        Some(*level)
    };
    let before = waves.iter().scan(Level::default(), running);
    let mut after: Vec<Level> = waves.iter().rev().scan(Level::default(), running).collect();
    after.reverse();
    let distances = before.zip(after.iter().skip(1)).map(|(before, after)| distance(before, *after));
    (1..).zip(distances).max_by(|one, other| one.1.total_cmp(&other.1))
}
