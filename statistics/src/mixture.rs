//! The likeliest shares of classes that are observed through a noisy channel.
//!
//! In come the counts of reports and, for each class, the probability of each report; out go the shares of the classes
//! that make these counts likeliest, and the information from which their variances follow.

/// The most rounds of expectation and maximisation; a scale from 0 to 10 takes a few hundred.
const MOST_ROUNDS: usize = 2_000;

/// If a round changes all shares by less than this in sum, they have converged.
const LEAST_CHANGE: f64 = 1e-6;

/// The shares of the classes that make these `counts` of reports likeliest; each is 0 to 1, and they add up to 1.
/// `channel` has one row for each class: the probability of each report. Every report that occurs has to be possible
/// for some class. Without classes there are no shares; without reports they are all equal.
///
/// # Source
/// Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm" (1977): in each round, a
/// class's share becomes the mean, over all reports, of the probability that this class is behind the report.
///
/// ```
/// // Each of two classes is reported as itself in three of four cases: shares of ¼ and ¾ come out as ⅜ and ⅝.
/// let channel = [vec![0.75, 0.25], vec![0.25, 0.75]];
/// let shares = puls_statistics::mixture::likeliest(&channel, &[375.0, 625.0]);
/// assert!((shares[0] - 0.25).abs() < 1e-5, "{shares:?}");
/// ```
pub fn likeliest(channel: &[Vec<f64>], counts: &[f64]) -> Vec<f64> {
    let all: f64 = counts.iter().sum();
    let mut shares = vec![1.0 / channel.len() as f64; channel.len()];
    if all <= 0.0 {
        return shares;
    }
    for _ in 0..MOST_ROUNDS {
        let next = round(channel, counts, &shares, all);
        let change: f64 = next.iter().zip(&shares).map(|(new, old)| (new - old).abs()).sum();
        shares = next;
        if change < LEAST_CHANGE {
            break;
        }
    }
    shares
}

/// The shares after one round of expectation and maximisation.
fn round(channel: &[Vec<f64>], counts: &[f64], shares: &[f64], all: f64) -> Vec<f64> {
    let mixture = mixture(channel, shares, counts.len());
    let weights: Vec<f64> = counts.iter().zip(&mixture).map(|(count, likely)| count / likely / all).collect();
    let share = |(row, share): (&Vec<f64>, &f64)| {
        share * row.iter().zip(&weights).map(|(likely, weight)| likely * weight).sum::<f64>()
    };
    channel.iter().zip(shares).map(share).collect()
}

/// The probability of each of the `reports`, given the classes' shares.
fn mixture(channel: &[Vec<f64>], shares: &[f64], reports: usize) -> Vec<f64> {
    let at = |report: usize| -> f64 {
        channel.iter().zip(shares).filter_map(|(row, share)| Some(row.get(report)? * share)).sum()
    };
    (0..reports).map(at).collect()
}

/// The information, as a square matrix, that the reports have about all shares but the last, which follows from the
/// others. Its entries are n Σ (c − c') (d − c') / m, summed over the reports: c and d are the probabilities of a
/// report under two classes, c' under the last class, and m under all of them together.
///
/// # Source
/// Fisher, "On the mathematical foundations of theoretical statistics" (1922): the inverse of the information is the
/// covariance of the likeliest shares.
///
/// ```
/// // If each class is reported as itself, a share has the variance p (1 − p) / n.
/// let seen = [vec![1.0, 0.0], vec![0.0, 1.0]];
/// let information = puls_statistics::mixture::information(&seen, &[25.0, 75.0], &[0.25, 0.75]);
/// assert!((1.0 / information[0][0] - 0.25 * 0.75 / 100.0).abs() < 1e-12);
/// ```
pub fn information(channel: &[Vec<f64>], counts: &[f64], shares: &[f64]) -> Vec<Vec<f64>> {
    let all: f64 = counts.iter().sum();
    let mixture = mixture(channel, shares, counts.len());
    let Some((last, others)) = channel.split_last() else { return Vec::new() };
    let rows: Vec<Vec<f64>> =
        others.iter().map(|row| row.iter().zip(last).map(|(one, last)| one - last).collect()).collect();
    let product = |one: &Vec<f64>, two: &Vec<f64>| -> f64 {
        let terms = one.iter().zip(two).zip(&mixture).map(|((one, two), likely)| one * two / likely);
        all * terms.sum::<f64>()
    };
    rows.iter().map(|one| rows.iter().map(|two| product(one, two)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy: `scipy.optimize.minimize` of the negative log-likelihood over the shares of the first two classes.
    #[test]
    fn the_likeliest_shares_are_those_that_scipy_finds() {
        let channel = [vec![0.7, 0.2, 0.1], vec![0.2, 0.6, 0.2], vec![0.1, 0.1, 0.8]];
        let found = likeliest(&channel, &[300.0, 150.0, 550.0]);
        assert_eq!(found.len(), 3);
        for (found, expected) in found.iter().zip([0.327586, 0.034483, 0.637931]) {
            assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
        }
    }

    #[test]
    fn a_share_below_zero_is_none() {
        let channel = [vec![0.75, 0.25], vec![0.25, 0.75]];
        let found = likeliest(&channel, &[100.0, 900.0]);
        assert!(found[0] < 1e-3 && (found.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn of_no_reports_and_no_classes_there_is_nothing_to_say() {
        assert_eq!(likeliest(&[vec![1.0], vec![1.0]], &[0.0]), [0.5, 0.5]);
        assert!(likeliest(&[], &[1.0]).is_empty() && information(&[], &[], &[]).is_empty());
    }
}
