//! Estimates from reports of which chance has replaced some, and their intervals.

use super::{Estimate, Z, moments};

/// A share of those who answered, where one bit says whether an option was chosen and another whether
/// there was no answer; both were randomised apart from one another.
///
/// With reported shares b and m and true ones t and µ, b = q + (p − q) t and likewise m. The figure is
/// t / (1 − µ); its variance is, by the delta method, that of b + s m, over n ((p − q)(1 − µ))². Nobody has
/// both bits, so the reported ones have the covariance −(b − q)(m − q).
pub(super) fn randomised_share(
    chosen: f64,
    lacking: Option<f64>,
    asked: f64,
    (keep, switch): (f64, f64),
) -> Option<Estimate> {
    let span = keep - switch;
    let (lack, spread) = lacking.map_or((0.0, 0.0), |lacking| (lacking - switch, lacking * (1.0 - lacking)));
    let answered = 1.0 - lack / span;
    if answered <= 0.0 {
        return None;
    }
    let value = (chosen - switch) / span / answered;
    let variance = chosen * (1.0 - chosen) + value * value * spread - 2.0 * value * (chosen - switch) * lack;
    let margin = Z * (variance.max(0.0) / asked).sqrt() / (span * answered);
    Some(Estimate::new(value, value, margin, (0.0, 1.0)))
}

/// The mean of `weights` over true answers, by the reported ones and those reported as missing.
///
/// Of n reports the share r of a class stands for a true share of (r − q) / (p − q), so the sum of weights
/// and the number of answers are both linear in the reports. The figure is their quotient µ; its variance
/// is, by the delta method, that of w − µ over reports of an answer and 0 over the others.
pub(super) fn randomised_mean(
    mut reports: Vec<f64>,
    missing: f64,
    weights: &[f64],
    (keep, switch): (f64, f64),
    range: (f64, f64),
) -> Option<Estimate> {
    let all = reports.iter().sum::<f64>() + missing;
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
    let (_, variance) = moments(&reports, &residuals);
    let margin = Z * (variance / all).sqrt() / ((keep - switch) * answered);
    Some(Estimate::new(value, value, margin, range))
}
