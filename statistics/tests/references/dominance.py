"""Reference values for `dominance`. Needs numpy, scipy and pingouin (0.7.0) from PyPI.

R's `attitude` (Chatterjee and Price, "Regression analysis by example", 1977): per cent of favourable answers in 30
departments. The shares are pingouin's `relimp`; the script checks that they are those of least squares over all orders
of the drivers, which is how LMG is defined. Ranges: 20,000 samples of people from the normal
distribution with the same covariances. The range of R-squared: its exact distribution, solved for the true value.

python dominance.py > dominance.json
"""

import itertools
import json
from math import factorial

import numpy as np
import pandas as pd
import pingouin
from scipy import optimize, stats

NAMES = ["rating", "complaints", "privileges", "learning", "raises", "critical", "advance"]
ATTITUDE = np.array([
    [43, 51, 30, 39, 61, 92, 45], [63, 64, 51, 54, 63, 73, 47], [71, 70, 68, 69, 76, 86, 48],
    [61, 63, 45, 47, 54, 84, 35], [81, 78, 56, 66, 71, 83, 47], [43, 55, 49, 44, 54, 49, 34],
    [58, 67, 42, 56, 66, 68, 35], [71, 75, 50, 55, 70, 66, 41], [72, 82, 72, 67, 71, 83, 31],
    [67, 61, 45, 47, 62, 80, 41], [64, 53, 53, 58, 58, 67, 34], [67, 60, 47, 39, 59, 74, 41],
    [69, 62, 57, 42, 55, 63, 25], [68, 83, 83, 45, 59, 77, 35], [77, 77, 54, 72, 79, 77, 46],
    [81, 90, 50, 72, 60, 54, 36], [74, 85, 64, 69, 79, 79, 63], [65, 60, 65, 75, 55, 80, 60],
    [65, 70, 46, 57, 75, 85, 46], [50, 58, 68, 54, 64, 78, 52], [50, 40, 33, 34, 43, 64, 33],
    [64, 61, 52, 62, 66, 80, 41], [53, 66, 52, 50, 63, 80, 37], [40, 37, 42, 58, 50, 57, 49],
    [63, 54, 42, 48, 66, 75, 33], [66, 77, 66, 63, 88, 76, 72], [78, 75, 58, 74, 80, 78, 49],
    [48, 57, 44, 45, 51, 83, 38], [85, 85, 71, 71, 77, 74, 55], [82, 82, 39, 59, 64, 78, 39],
], dtype=float)


def r_squared(people, drivers):
    if not drivers:
        return 0.0
    outcome = people[:, 0] - people[:, 0].mean()
    design = people[:, drivers] - people[:, drivers].mean(axis=0)
    residual = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return 1 - (residual @ residual) / (outcome @ outcome)


def lmg(people):
    drivers = list(range(1, people.shape[1]))
    known = {s: r_squared(people, list(s)) for k in range(len(drivers) + 1)
             for s in itertools.combinations(drivers, k)}
    shares = np.zeros(len(drivers))
    orders = list(itertools.permutations(drivers))
    for order in orders:
        for place, driver in enumerate(order):
            before = tuple(sorted(order[:place]))
            shares[driver - 1] += known[tuple(sorted(before + (driver,)))] - known[before]
    return shares / len(orders)


def lmg_by_sets(covariances):
    """The same by covariances and sets, fast enough for the bootstrap."""
    k = len(covariances) - 1
    sets = [s for size in range(k + 1) for s in itertools.combinations(range(1, k + 1), size)]
    known = {(): 0.0}
    for s in sets[1:]:
        c = covariances[s, 0]
        known[s] = c @ np.linalg.solve(covariances[np.ix_(s, s)], c) / covariances[0, 0]
    shares = np.zeros(k)
    for s in sets:
        for d in set(range(1, k + 1)) - set(s):
            weight = factorial(len(s)) * factorial(k - 1 - len(s)) / factorial(k)
            shares[d - 1] += weight * (known[tuple(sorted(s + (d,)))] - known[s])
    return shares


def range_of_r_squared(found, n, k):
    """The true values at which the one found lies at the 97.5th and at the 2.5th percentile."""
    def below(true):
        # Of a true value, R-squared is beta distributed, mixed over a negative binomial distribution.
        j = np.arange(0, 4000)
        mixed = stats.nbinom.pmf(j, (n - 1) / 2, 1 - true)
        return float(np.sum(mixed * stats.beta.cdf(found, k / 2 + j, (n - k - 1) / 2)))
    def solve(level):
        if below(0.0) < level:
            return 0.0
        return optimize.brentq(lambda true: below(true) - level, 0.0, 0.9999)
    return [solve(0.975), solve(0.025)]


def by_pingouin(people):
    drivers = pd.DataFrame(people[:, 1:], columns=NAMES[1:])
    return pingouin.linear_regression(drivers, people[:, 0], relimp=True)["relimp"].to_numpy()[1:].astype(float)


def main():
    people, n = ATTITUDE, len(ATTITUDE)
    covariances = np.cov(people, rowvar=False)
    shares = by_pingouin(people)
    assert np.allclose(shares, lmg(people), atol=1e-12)
    assert np.allclose(shares, lmg_by_sets(covariances), atol=1e-12)
    rng = np.random.default_rng(1)
    root = np.linalg.cholesky(covariances)
    draws = np.array([lmg_by_sets(np.cov(rng.standard_normal((n, 7)) @ root.T, rowvar=False))
                      for _ in range(20_000)])
    low, high = np.percentile(draws, [2.5, 97.5], axis=0)
    first = np.bincount(draws.argmax(axis=1), minlength=6) / len(draws)
    total = shares.sum()
    ranges = [{"found": f, "n": m, "drivers": k, "range": range_of_r_squared(f, m, k)}
              for f, m, k in [(total, n, 6), (0.5, 200, 5), (0.6, 25, 11), (0.02, 100, 3), (0.3, 12, 1)]]
    print(json.dumps({
        "names": NAMES, "n": n, "covariances": covariances.tolist(), "r_squared": total, "shares": shares.tolist(),
        "low": low.tolist(), "high": high.tolist(), "first": first.tolist(), "r_squared_ranges": ranges,
    }, indent=1))


if __name__ == "__main__":
    main()
