//! The probability that a unit is among the lowest quarter.

use super::posterior::{Given, Normal, Observed, Posterior};
use statrs::function::erf::erfc;
use std::f64::consts::SQRT_2;

/// How many values of τ stand for all: each for an equal part of its distribution.
const PARTS: u32 = 8;

/// Distances of the whole from its mean, in standard deviations, with the probabilities that Gauss and Hermite give
/// them: means over these three are exact for polynomials of degree 5.
const DISTANCES: [(f64, f64); 3] =
    [(-1.732_050_807_568_877_2, 1.0 / 6.0), (0.0, 2.0 / 3.0), (1.732_050_807_568_877_2, 1.0 / 6.0)];

/// For each unit, the probability that its true figure is among the lowest quarter; empty if there are fewer than four
/// units.
///
/// Given τ and the whole, the true figures are independent. The probability is then the integral over all places of a
/// unit's density times the probability that there are fewer than k / 4 of the others below. The probabilities of all
/// units add up to the number of places, to which they are scaled in the end.
pub(super) fn quarter(units: &[Observed], posterior: &Posterior) -> Vec<f64> {
    let places = units.len() / 4;
    if places == 0 {
        return Vec::new();
    }
    let mut sums = vec![0.0; units.len()];
    for part in 0..PARTS {
        let between = posterior.quantile((f64::from(part) + 0.5) / f64::from(PARTS));
        let given = Given::of(between, units);
        for (distance, probability) in DISTANCES {
            let mean = given.whole.mean + distance * given.whole.variance.sqrt();
            let whole = Normal { mean, variance: 0.0 };
            let truths: Vec<Normal> = units.iter().map(|unit| unit.truth(between, whole)).collect();
            for (sum, lowest) in sums.iter_mut().zip(lowest(&truths, places)) {
                *sum += lowest * probability;
            }
        }
    }
    let scale = places as f64 / sums.iter().sum::<f64>();
    sums.iter().map(|sum| (sum * scale).clamp(0.0, 1.0)).collect()
}

impl Normal {
    fn deviation(self) -> f64 {
        self.variance.sqrt()
    }

    /// The probability of lying below a place.
    fn below(self, place: f64) -> f64 {
        erfc((self.mean - place) / self.deviation() / SQRT_2) / 2.0
    }
}

/// For each of the independent `truths`, the probability that fewer than `places` (1 or more) of the others are lower.
///
/// By parts, the integral is that of the probability to lie below a place, over the fall of the probability that fewer
/// than `places` others lie below it: the trapezoidal rule.
fn lowest(truths: &[Normal], places: usize) -> Vec<f64> {
    let mut found = vec![0.0; truths.len()];
    let at = |place: f64| -> Vec<(f64, f64)> {
        let below: Vec<f64> = truths.iter().map(|truth| truth.below(place)).collect();
        fewer_others(&below, places).into_iter().zip(below).collect()
    };
    // Below the first place everybody is among the lowest, and above the last one nobody is.
    let mut last = vec![(1.0, 0.0); truths.len()];
    let inside = grid(truths, places).into_iter().map(at);
    for now in inside.chain([vec![(0.0, 1.0); truths.len()]]) {
        for ((sum, last), now) in found.iter_mut().zip(&last).zip(&now) {
            *sum += (last.0 - now.0) * f64::midpoint(last.1, now.1);
        }
        last = now;
    }
    found
}

/// How many even cells the integral has.
const CELLS: u32 = 24;

/// The places of the integral, in rising order: even cells, and places around units that are surer than a cell is wide.
fn grid(truths: &[Normal], places: usize) -> Vec<f64> {
    let (low, high) = threshold(truths, places);
    let width = (high - low) / f64::from(CELLS);
    let sure = truths.iter().copied().filter(|truth| truth.deviation() < width);
    let around = |truth: Normal| {
        (-3..=3).map(move |deviations: i32| truth.mean + f64::from(deviations) * truth.deviation())
    };
    let extra = sure.flat_map(around).filter(|place| low < *place && *place < high);
    let mut all: Vec<f64> = (0..=CELLS).map(|cell| low + width * f64::from(cell)).chain(extra).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// How often a bracket of a place is halved at most.
const MOST_HALVINGS: u32 = 60;

/// How far the square root of a count reaches, of which the root of the mean is known: a probability of less than 0.001
/// lies beyond.
const REACH: f64 = 1.75;

/// Two places between which the `places`-th lowest of the truths nearly certainly lies; the first is the lower one.
fn threshold(truths: &[Normal], places: usize) -> (f64, f64) {
    let root = (places as f64).sqrt();
    let few = (root - REACH).max(0.02).powi(2);
    let many = (root + REACH).powi(2).min(truths.len() as f64 - 0.001);
    (bracket(truths, few).0, bracket(truths, many).1)
}

/// Places that lie about as near to each other as the surest unit is sure, and between them that below which `count`
/// truths lie on average.
fn bracket(truths: &[Normal], count: f64) -> (f64, f64) {
    let ends = |side: f64| truths.iter().map(move |truth| truth.mean + side * 6.0 * truth.deviation());
    let mut low = ends(-1.0).fold(f64::INFINITY, f64::min);
    let mut high = ends(1.0).fold(f64::NEG_INFINITY, f64::max);
    let surest = truths.iter().map(|truth| truth.deviation()).fold(f64::INFINITY, f64::min);
    for _ in 0..MOST_HALVINGS {
        if high - low <= surest {
            break;
        }
        let middle = f64::midpoint(low, high);
        let below: f64 = truths.iter().map(|truth| truth.below(middle)).sum();
        *if below < count { &mut low } else { &mut high } = middle;
    }
    (low, high)
}

/// For each unit, the probability that fewer than `places` of the others are below, where `below` has each unit's
/// probability to be so.
fn fewer_others(below: &[f64], places: usize) -> Vec<f64> {
    let mut found = Vec::with_capacity(below.len());
    let nobody = std::iter::once(1.0).chain(std::iter::repeat(0.0)).take(places).collect();
    leave_one_out(below, nobody, &mut found);
    found
}

/// Appends, for each unit of `below`, the probability of all counts that `counts` has room for. `counts` are the
/// probabilities that 0, 1, 2 … of the units outside `below` are below. Each half is counted for the other, so k units
/// take k log k steps, and nothing is divided.
fn leave_one_out(below: &[f64], counts: Vec<f64>, found: &mut Vec<f64>) {
    if below.len() < 2 {
        found.extend(below.iter().map(|_| counts.iter().sum::<f64>()));
        return;
    }
    let (left, right) = below.split_at(below.len() / 2);
    leave_one_out(left, counted(counts.clone(), right), found);
    leave_one_out(right, counted(counts, left), found);
}

/// The probabilities of the counts with further units.
fn counted(mut counts: Vec<f64>, below: &[f64]) -> Vec<f64> {
    for probability in below {
        let mut from_below = 0.0;
        for count in &mut counts {
            let up = *count * probability;
            *count += from_below - up;
            from_below = up;
        }
    }
    counts
}
