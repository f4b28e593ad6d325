//! How likely each standard deviation between units is, and what follows from each.

use crate::interval::Interval;

/// The mean and the variance of a normal distribution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Normal {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

/// A unit's figure and its sampling variance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observed {
    value: f64,
    variance: f64,
}

/// The least standard error, as a part of the measure's span. A figure without error has this one, so that nothing is
/// divided by 0.
const LEAST_ERROR: f64 = 1e-6;

impl Observed {
    /// `span` is the distance between the measure's bounds.
    pub(super) fn of(figure: Interval, span: f64) -> Self {
        Self { value: figure.value, variance: figure.standard_error().max(LEAST_ERROR * span).powi(2) }
    }

    /// The unit's true figure, if these are τ and the whole.
    pub(super) fn truth(self, between: f64, whole: Normal) -> Normal {
        let drawn = self.variance / (self.variance + between * between);
        Normal {
            mean: self.value + drawn * (whole.mean - self.value),
            variance: (1.0 - drawn) * self.variance + drawn * drawn * whole.variance,
        }
    }
}

/// A standard deviation between units, τ, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    /// τ.
    pub(super) between: f64,
    /// The whole.
    pub(super) whole: Normal,
    /// The logarithm of the residual likelihood.
    likelihood: f64,
    /// The derivative of `likelihood` by τ².
    slope: f64,
}

impl Given {
    /// What follows from this τ for these units (1 or more).
    pub(super) fn of(between: f64, units: &[Observed]) -> Self {
        let sum = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
            units.iter().map(|unit| term(1.0 / (unit.variance + between * between), unit.value)).sum()
        };
        let weight = sum(&|weight, _| weight);
        let mean = sum(&|weight, value| weight * value) / weight;
        let squares = |power: i32| sum(&|weight, value| weight.powi(power) * (value - mean).powi(2));
        let likelihood = sum(&|weight, _| weight.ln()) - weight.ln() - squares(1);
        let slope = squares(2) - weight + sum(&|weight, _| weight * weight) / weight;
        let whole = Normal { mean, variance: weight.recip() };
        Self { between, whole, likelihood: likelihood / 2.0, slope: slope / 2.0 }
    }
}

/// The distribution of τ: values in rising order, each in the middle of a step of ln τ, with the step's probability.
pub(super) struct Posterior {
    most: f64,
    step: f64,
    values: Vec<(Given, f64)>,
}

/// The least τ, as a part of the measure's span: a hundredth of the least standard error.
const LEAST_BETWEEN: f64 = LEAST_ERROR / 100.0;

/// The longest step from one τ to the next, as a difference of their logarithms.
const LONGEST_STEP: f64 = 0.05;

/// Values of τ that are less probable than this are left out.
const LEAST_PROBABILITY: f64 = 1e-12;

/// How often a bracket of the likeliest τ is halved: after this many times no digit changes any more.
const HALVINGS: u32 = 60;

impl Posterior {
    /// The distribution of τ, given these units (1 or more).
    ///
    /// The integral is a sum over even steps of ln τ. With k units, ln τ has a standard deviation of 1 / √(2k) or more; with
    /// steps of this width, such a sum is all but exact for a curve as smooth as this one.
    pub(super) fn of(units: &[Observed], span: f64) -> Self {
        let step = LONGEST_STEP.min((2.0 * units.len() as f64).sqrt().recip());
        let most = span / 2.0;
        let highest = most * (-step / 2.0).exp();
        let lower = std::iter::successors(Some(highest), |between| Some(between * (-step).exp()));
        let range = lower.take_while(|between| *between > LEAST_BETWEEN * span);
        let mut all: Vec<Given> = range.map(|between| Given::of(between, units)).collect();
        all.reverse();
        let peak = all.iter().map(|given| given.likelihood).fold(f64::NEG_INFINITY, f64::max);
        let weight = |given: &Given| given.between * (given.likelihood - peak).exp();
        let sum: f64 = all.iter().map(weight).sum();
        let values = all.iter().map(|given| (*given, weight(given) / sum));
        Self {
            most,
            step,
            values: values.filter(|(_, probability)| *probability > LEAST_PROBABILITY).collect(),
        }
    }

    /// Mean and variance of a quantity that is normal if τ is given.
    pub(super) fn mixture(&self, of: impl Fn(&Given) -> Normal) -> Normal {
        let mean_of = |term: &dyn Fn(Normal) -> f64| -> f64 {
            self.values.iter().map(|(given, probability)| probability * term(of(given))).sum()
        };
        let mean = mean_of(&|normal| normal.mean);
        Normal { mean, variance: mean_of(&|normal| normal.variance + (normal.mean - mean).powi(2)) }
    }

    /// τ itself: the likeliest, and between which two τ it lies with a probability of 95 %.
    pub(super) fn between(&self, units: &[Observed]) -> Interval {
        let value = self.likeliest(units);
        Interval { value, low: value.min(self.quantile(0.025)), high: value.max(self.quantile(0.975)) }
    }

    /// The τ of the highest likelihood, which is 0 if the units differ by no more than chance.
    fn likeliest(&self, units: &[Observed]) -> f64 {
        let none = Given::of(0.0, units);
        let likelier = |best: Given, (given, _): &(Given, f64)| {
            if given.likelihood > best.likelihood { *given } else { best }
        };
        let best = self.values.iter().fold(none, likelier).between;
        let (mut low, mut high) = (best * (-self.step).exp(), self.most.min(best * self.step.exp()));
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            *if Given::of(middle, units).slope > 0.0 { &mut low } else { &mut high } = middle;
        }
        high
    }

    /// The τ that isn't exceeded with this probability.
    pub(super) fn quantile(&self, level: f64) -> f64 {
        let mut rest = level;
        for (given, probability) in &self.values {
            if rest <= *probability {
                return given.between * (self.step * (rest / probability - 0.5)).exp();
            }
            rest -= probability;
        }
        self.values.last().map_or(0.0, |(given, _)| given.between)
    }
}
