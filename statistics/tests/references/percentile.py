"""Reference values for `percentile`: SciPy's `percentileofscore`, NumPy's `interp`, SciPy's `norm`, and Wilson's interval as
SciPy's `binomtest` has it. Needs numpy and scipy.

python percentile.py > percentile.json
"""

import json

import numpy as np
from scipy import stats

VALUES = [55, 12, 31, 31, 31, 47, 8, 62, 40, 25, 31, 19]
QUANTILES = [(10, 3.05), (25, 3.4), (50, 3.72), (75, 3.98), (90, 4.21)]


def among(figure):
    place = stats.percentileofscore(VALUES, figure, kind="mean")
    return {"figure": figure, "place": place}


def interpolated(figure):
    percents, values = zip(*QUANTILES)
    return {"figure": figure, "place": float(np.interp(figure, values, percents))}


def normal(figure, mean, sd, n):
    z = (figure - mean) / sd
    margin = stats.norm.ppf(0.975) * np.sqrt((1 + z * z / 2) / n)
    low, high = 100 * stats.norm.cdf([z - margin, z + margin])
    return {"figure": figure, "mean": mean, "sd": sd, "n": n, "place": 100 * stats.norm.cdf(z), "low": low, "high": high}


def sampled(below, n):
    """The place of a figure that is known exactly, in a sample of n others."""
    low, high = stats.binomtest(below, n).proportion_ci(method="wilson")
    return {"below": below, "n": n, "low": 100 * low, "high": 100 * high}


if __name__ == "__main__":
    print(json.dumps({
        "values": VALUES,
        "among": [among(figure) for figure in [0, 8, 20, 31, 35.5, 62, 70]],
        "quantiles": QUANTILES,
        "interpolated": [interpolated(figure) for figure in [2.0, 3.05, 3.3, 3.72, 3.8, 4.21, 5.0]],
        "normal": [normal(3.9, 3.6, 0.4, 150), normal(2.2, 3.6, 0.4, 20), normal(30, 12, 25, 40)],
        "sampled": [sampled(3, 10), sampled(0, 12), sampled(81, 263)],
    }, indent=1))
