"""Reference values for `rank`: SciPy's `spearmanr`, with its `permutation_test` over all orders, and the interval of Bonett
and Wright (2000) by its formula. The power: 40,000 samples of `n` units from a normal distribution whose Spearman
correlation is `rho`; standard error at most 0.0025. Needs numpy and scipy; takes
two minutes.

python rank.py > rank.json
"""

import itertools
import json

import numpy as np
from scipy import stats

CASES = {
    "nine units": ([3.4, 3.9, 4.1, 2.8, 3.3, 4.4, 3.0, 3.7, 4.0], [12, 30, 25, -4, 20, 41, 8, 10, 33]),
    "seven units with ties": ([1, 2, 2, 3, 3, 3, 4], [10, 10, 20, 20, 40, 30, 30]),
    "eight units, lopsided": ([0, 0, 0, 0, 0, 0, 0, 1], [5, 5, 5, 5, 5, 1, 2, 9]),
    "five units in order": ([1, 2, 3, 4, 5], [2, 3, 5, 8, 13]),
    "four units against one another": ([1, 2, 3, 4], [4, 3, 1, 2]),
}


def case(name, x, y):
    x, y = np.array(x, float), np.array(y, float)
    rho = stats.spearmanr(x, y).statistic
    test = stats.permutation_test(
        (x,), lambda one: abs(stats.spearmanr(one, y).statistic), permutation_type="pairings",
        alternative="greater", n_resamples=np.inf)
    with np.errstate(divide="ignore"):
        z, error = np.arctanh(rho), np.sqrt((1 + rho**2 / 2) / (len(x) - 3))
    low, high = np.tanh(z + np.array([-1, 1]) * stats.norm.ppf(0.975) * error)
    return {"name": name, "x": x.tolist(), "y": y.tolist(), "rho": rho, "p": test.pvalue, "low": low, "high": high}


def twenty():
    """Twenty units, for the p of random orders: 2,000,000 of them, so its standard error is below 0.0002."""
    rng = np.random.default_rng(5)
    x = np.round(rng.normal(3.6, 0.4, 20), 1)
    y = np.round(10 + 18 * (x - 3.6) + rng.normal(0, 17, 20))
    one, other = (stats.rankdata(side) - 10.5 for side in (x, y))
    found, as_far, draws = abs(one @ other), 0, 2_000_000
    for _ in range(draws // 10_000):
        orders = rng.permuted(np.tile(other, (10_000, 1)), axis=1)
        as_far += int(np.sum(np.abs(orders @ one) >= found - 1e-9))
    rho = stats.spearmanr(x, y).statistic
    return {"x": x.tolist(), "y": y.tolist(), "rho": rho, "p": as_far / draws}


def critical(n):
    """The smallest sum of products of n ranks, each less their mean, whose p is at most 0.05; from all orders up to 9
    units, otherwise from 400,000 random ones."""
    base = np.arange(n) - (n - 1) / 2
    if n <= 9:
        orders = np.array(list(itertools.permutations(base)))
    else:
        orders = np.random.default_rng(n).permuted(np.tile(base, (400_000, 1)), axis=1)
    sums, counts = np.unique(np.abs(orders @ base).round(6), return_counts=True)
    p = np.cumsum(counts[::-1])[::-1] / len(orders)
    return sums[p <= 0.05].min() if (p <= 0.05).any() else np.inf


def power(n, rho, samples=40_000):
    rng = np.random.default_rng(n * 100 + round(10 * rho))
    pearson = 2 * np.sin(np.pi * rho / 6)
    x = rng.standard_normal((samples, n))
    y = pearson * x + np.sqrt(1 - pearson**2) * rng.standard_normal((samples, n))
    ranks = [side.argsort(axis=1).argsort(axis=1) - (n - 1) / 2 for side in (x, y)]
    return float(np.mean(np.abs(np.sum(ranks[0] * ranks[1], axis=1)) >= critical(n) - 1e-6))


if __name__ == "__main__":
    print(json.dumps({
        "cases": [case(name, *sides) for name, sides in CASES.items()],
        "twenty": twenty(),
        "power": [{"n": n, "rho": rho, "power": power(n, rho)}
                  for n in [4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50, 100] for rho in [0.0, 0.2, 0.4, 0.6, 0.8, 0.9]],
    }, indent=1))
