"""Formulas for what figures mean, by NumPy, SciPy and statsmodels, and by the references of statistics/tests/references. A figure with its range
is a list of three. What is drawn by chance or summed up in steps is a `within`: how far another program may be off."""

import itertools
import math
import sys
from math import factorial
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "figures"), str(HERE.parents[3] / "statistics/tests/references")]

import across
import dominance
import trend
from ranges import Z, cut, wilson

# A range of ours is of 1,000 draws. So far, in standard errors, may an end be off; there are some hundreds of them.
FAR = 5
DRAWS, BATCHES = 1000, 40


def within(about, by):
    return {"about": about, "within": by}


def error(figure):
    value, low, high = figure
    return max(high - value, value - low) / Z


def difference(one, other):
    (v1, l1, u1), (v2, l2, u2) = one, other
    d = v1 - v2
    return [d, d - math.sqrt((v1 - l1) ** 2 + (u2 - v2) ** 2), d + math.sqrt((u1 - v1) ** 2 + (v2 - l2) ** 2)]


def p_of_difference(one, other):
    d, low, high = difference(one, other)
    side = high - d if d < 0 else d - low
    return 2 * stats.norm.sf(abs(Z * d / side)) if side > 0 else 1.0


def holm(p_values):
    return [] if len(p_values) == 0 else list(multipletests(p_values, method="holm")[1])


# Units drawn towards the whole.


def shrunken(figures, bounds):
    """The spread between units, and of each unit its figure and the probability that it is among the lowest quarter: means over
    all spreads on a fine grid."""
    span = bounds[1] - bounds[0]
    y = np.array([figure[0] for figure in figures])
    s = np.array([max(error(figure), 1e-6 * span) for figure in figures])
    # Each spread stands for its part of a grid that is even in its logarithm.
    tau = np.geomspace(1e-8 * span, span / 2, 100_001)[:, None]
    w = 1 / (s**2 + tau**2)
    sums = w.sum(axis=1)
    mu = (w @ y) / sums
    log = 0.5 * (np.log(w).sum(axis=1) - np.log(sums) - (w * (y - mu[:, None]) ** 2).sum(axis=1))
    weight = np.exp(log - log.max()) * tau[:, 0]
    weight[[0, -1]] /= 2
    cumulative = np.cumsum(weight) - weight / 2
    cumulative /= weight.sum()
    mean_of = lambda values: np.average(values, axis=0, weights=weight)
    part = s**2 * w
    means = (1 - part) * y + part * mu[:, None]
    variances = (1 - part) * s**2 + part**2 / sums[:, None]
    mean = mean_of(means)
    deviation = np.sqrt(mean_of(variances + (means - mean) ** 2))
    near = lambda number: within(number, 5e-5 * span)
    units = [[near(number) for number in cut(at, at - Z * sd, at + Z * sd, *bounds)] for at, sd in zip(mean, deviation)]
    return between(y, s, log, tau[:, 0], cumulative, span), list(itertools.zip_longest(units, lowest(y, s, tau[:, 0], cumulative)))


def between(y, s, log, tau, cumulative, span):
    """The likeliest spread, by the residual likelihood itself, and where the middle 95 % are."""

    def unlikely(spread):
        w = 1 / (s**2 + spread**2)
        m = np.average(y, weights=w)
        return -0.5 * (np.log(w).sum() - np.log(w.sum()) - (w * (y - m) ** 2).sum())

    at = int(log.argmax())
    peak = 0.0
    if unlikely(tau[at]) < unlikely(0.0):
        around = tau[max(at - 1, 0)], tau[min(at + 1, len(tau) - 1)]
        peak = optimize.minimize_scalar(unlikely, bounds=around, method="bounded", options={"xatol": 1e-12}).x
    low, high = np.interp([0.025, 0.975], cumulative, tau)
    # Ours are of coarser steps.
    return [within(peak, 5e-5 * span), *(within(end, 5e-3 * end + 5e-5 * span) for end in (min(low, peak), max(high, peak)))]


def lowest(y, s, tau, cumulative, draws=1_000_000):
    """By simulation, whose standard error is at most 0.0005. Ours is right to about 0.015."""
    places = len(y) // 4
    if places == 0:
        return []
    rng = np.random.default_rng(7)
    count = np.zeros(len(y))
    for _ in range(draws // 100_000):
        spread = np.interp(rng.random(100_000), cumulative, tau)[:, None]
        w = 1 / (s**2 + spread**2)
        mu = (w @ y / w.sum(1) + rng.standard_normal(100_000) / np.sqrt(w.sum(1)))[:, None]
        part = s**2 * w
        theta = (1 - part) * y + part * mu + np.sqrt(1 - part) * s * rng.standard_normal((100_000, len(y)))
        count += np.bincount(np.argpartition(theta, places - 1, axis=1)[:, :places].ravel(), minlength=len(y))
    return [within(p, 0.018) for p in count / draws]


# Marks.


def marks(figures, per_year, bounds):
    """`figures` of each wave, or None. Levels, from which mark on, and which waves they are of."""
    known = [at for at, figure in enumerate(figures) if figure is not None]
    span = bounds[1] - bounds[0]
    values = np.array([figures[at][0] for at in known])
    errors = np.array([max(error(figures[at]), 1e-9 * span) for at in known])
    if len(known) < 2:
        return []
    found = trend.marks(values, errors, per_year)
    starts = [0, *(mark["since"] for mark in found), len(known)]

    def level(number):
        part = slice(starts[number], starts[number + 1])
        weights = errors[part] ** -2.0
        mean, margin = np.average(values[part], weights=weights), Z / math.sqrt(weights.sum())
        return cut(mean, mean - margin, mean + margin, *bounds), known[part]

    def mark(number, of):
        margin = Z * of["error"]
        (before, waves_before), (after, waves_after) = level(number), level(number + 1)
        change = cut(of["difference"], of["difference"] - margin, of["difference"] + margin, -span, span)
        return {
            "since": known[of["since"]], "noticed": known[of["noticed"]], "before": before, "waves_before": waves_before,
            "after": after, "waves_after": waves_after, "change": change,
        }

    return [mark(number, of) for number, of in enumerate(found)]


# Drivers.


def lmg(covariances):
    """General dominance of all variables but the first, for each of many covariance matrices."""
    k = covariances.shape[-1] - 1
    sets = [s for size in range(k + 1) for s in itertools.combinations(range(1, k + 1), size)]
    known = {(): np.zeros(len(covariances))}
    for s in sets[1:]:
        c = covariances[:, s, 0]
        inner = covariances[:, s][:, :, s]
        known[s] = (c * np.linalg.solve(inner, c[..., None])[..., 0]).sum(1) / covariances[:, 0, 0]
    shares = np.zeros((len(covariances), k))
    for s in sets:
        for d in set(range(1, k + 1)) - set(s):
            weight = factorial(len(s)) * factorial(k - 1 - len(s)) / factorial(k)
            shares[:, d - 1] += weight * (known[tuple(sorted((*s, d)))] - known[s])
    return shares


def drawn_range(value, draws):
    """A figure with the middle 95 % of draws, as far as 1,000 of them tell."""
    ends = []
    for level, widened in ((2.5, min), (97.5, max)):
        of_batches = np.percentile(draws.reshape(BATCHES, DRAWS), level, axis=1)
        end = np.percentile(draws, level)
        ends.append(within(widened(end, value), max(FAR * of_batches.std(), 1e-6)))
    return [value, *ends]


def drivers_of(shares, draws):
    first = np.bincount(draws.argmax(axis=1), minlength=draws.shape[1]) / len(draws)
    far = lambda p: FAR * math.sqrt(max(p * (1 - p), 1e-3) / DRAWS)
    return [
        (drawn_range(share, draws[:, at]), within(first[at], far(first[at]))) for at, share in enumerate(shares)
    ]


def drivers_of_people(correlations, outcome, n):
    """R², and of each driver its share of it, with how often it is first."""
    order = [outcome] + [at for at in range(len(correlations)) if at != outcome]
    matrix = np.array(correlations)[np.ix_(order, order)]
    shares = dominance.lmg_by_sets(matrix)
    rng = np.random.default_rng(3)
    assert np.allclose(lmg(matrix[None]), shares)
    draws = lmg(stats.wishart.rvs(n - 1, matrix, size=DRAWS * BATCHES, random_state=rng))
    k, together = len(shares), shares.sum()
    low, high = dominance.range_of_r_squared(together, n, k)
    # How far 1,000 draws of the pivot are off.
    chi = lambda freedom: rng.chisquare(freedom, DRAWS * BATCHES)
    left = together / (1 - together) * chi(n - k - 1) - (chi(k - 1) if k > 1 else 0)
    theta = np.maximum((np.sqrt(np.maximum(left, 0)) - rng.standard_normal(DRAWS * BATCHES)) / np.sqrt(chi(n - 1)), 0)
    _, by_low, by_high = drawn_range(together, 1 - 1 / (1 + theta**2))
    explained = [together, within(low, by_low["within"]), within(high, by_high["within"])]
    return explained, drivers_of(shares, draws)


def across_draws(values, errors, figure):
    rng = np.random.default_rng(1)
    root = np.linalg.cholesky(across.corrected(values, errors))
    count, shape = BATCHES * DRAWS, values.shape
    true = rng.standard_normal((count, *shape)) @ root.T
    noisy = true + np.sqrt(errors) * rng.standard_normal((count, *shape))
    return figure(np.array([across.corrected(units, errors) for units in noisy]))


def correlation_across(values, errors):
    """The correlation of two columns; None where less than a third of a column's variance is more than error."""
    variances = np.var(values, axis=0, ddof=1)
    if (variances <= 0).any() or (1 - errors.mean(axis=0) / variances < 1 / 3).any():
        return None
    figure = lambda c: c[:, 0, 1] / np.sqrt(c[:, 0, 0] * c[:, 1, 1])
    return drawn_range(across.correlated(across.corrected(values, errors)), across_draws(values, errors, figure))


def drivers_across(values, errors):
    """The first column is the outcome."""
    shares = dominance.lmg_by_sets(across.corrected(values, errors))
    return drivers_of(shares, across_draws(values, errors, lmg))


# Associations.


def spearman(x, y):
    """Spearman's rho with its range, and p."""
    n = len(x)
    if n < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    rho = stats.spearmanr(x, y).statistic
    margin = Z * math.sqrt((1 + rho**2 / 2) / (n - 3))
    with np.errstate(divide="ignore"):
        z = np.arctanh(rho)
    figure = [rho, math.tanh(z - margin), math.tanh(z + margin)]
    one, other = (stats.rankdata(side) - (n + 1) / 2 for side in (x, y))
    far = lambda orders: np.abs(orders @ one) >= abs(one @ other) - 1e-9
    if n <= 9:
        return figure, far(np.array(list(itertools.permutations(other)))).mean(), 0.0
    rng = np.random.default_rng(5)
    count = sum(far(rng.permuted(np.tile(other, (20_000, 1)), axis=1)).sum() for _ in range(100))
    p = (count + 1) / 2_000_001
    return figure, p, FAR * math.sqrt(p * (1 - p) / 100_000) + 1e-5


def power(n, rho=0.6):
    sigma = math.sqrt(1.06 / (n - 3))
    if n < 5:
        return 0.0
    # Zar's table, for exact tests.
    smallest = {5: 1.0, 6: 0.886, 7: 0.786, 8: 0.738, 9: 0.7}.get(n)
    critical = math.tanh(Z * sigma) if smallest is None else smallest - 6 / (n * (n * n - 1))
    return float(sum(stats.norm.cdf((side * math.atanh(rho) - math.atanh(critical)) / sigma) for side in (1, -1)))


# Percentiles.


def joined(value, by_figure, by_sample):
    """Two ranges around a percentile as one."""
    (low, high), (sample_low, sample_high) = by_figure, by_sample
    ends = value - math.hypot(value - low, value - sample_low), value + math.hypot(high - value, sample_high - value)
    return [float(np.clip(number, 0, 100)) for number in (value, *ends)]


def percentile_among(figure, others):
    value, low, high = (stats.percentileofscore(others, number, kind="mean") for number in figure)
    return joined(value, (low, high), (value, value))


def percentile_between(figure, quantiles, n):
    percents, values = np.array(quantiles, float).T

    def place(number):
        """Where several quantiles are alike, the middle of theirs."""
        alike = percents[values == number]
        return (alike.min() + alike.max()) / 2 if len(alike) else float(np.interp(number, values, percents))

    value = place(figure[0])
    low = 0 if figure[1] < values[0] else place(figure[1])
    high = 100 if figure[2] > values[-1] else place(figure[2])
    _, sample_low, sample_high = wilson(value / 100 * n, n)
    return joined(value, (low, high), (100 * sample_low, 100 * sample_high))
