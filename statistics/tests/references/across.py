"""Reference values for `across`: the departments of `attitude` as units of 35 people, so that a per cent p of favourable answers
has the error variance p (100 - p) / 35. Needs numpy, scipy and pingouin, like `dominance.py`, whose data this takes.

The correction is limited by the smallest root of |S - lambda E|, which SciPy solves for; the shares are those of
`dominance.py`. With a tenth of these errors nothing has to be limited. Ranges: 20,000 draws of units.

python across.py > across.json
"""

import json

import numpy as np
from scipy import linalg

from dominance import ATTITUDE, NAMES, lmg_by_sets

LEAST_LEFT = 0.1


def corrected(values, errors):
    observed = np.cov(values, rowvar=False)
    error = np.diag(np.minimum(errors.mean(axis=0), (1 - LEAST_LEFT) * np.diag(observed)))
    margin = 1 / (len(values) - 1)
    smallest = linalg.eigh(observed, error, eigvals_only=True).min()
    times = 1.0 if smallest > 1 + margin else max(smallest - margin, 0.0)
    return observed - times * error


def correlated(covariances):
    return covariances[0, 1] / np.sqrt(covariances[0, 0] * covariances[1, 1])


def draws(values, errors, figure, count=20_000):
    rng = np.random.default_rng(1)
    root = np.linalg.cholesky(corrected(values, errors))
    for _ in range(count):
        true = rng.standard_normal(values.shape) @ root.T
        yield figure(corrected(true + np.sqrt(errors) * rng.standard_normal(values.shape), errors))


def ranges(values, errors, figure):
    low, high = np.percentile(list(draws(values, errors, figure)), [2.5, 97.5], axis=0)
    return {"value": np.array(figure(corrected(values, errors))).tolist(), "low": low.tolist(), "high": high.tolist()}


def main():
    errors = ATTITUDE * (100 - ATTITUDE) / 35
    pairs = [{"driver": NAMES[driver], **ranges(ATTITUDE[:, [driver, 0]], errors[:, [driver, 0]], correlated)}
             for driver in range(1, 7)]
    shares = [{"errors": part, **ranges(ATTITUDE, errors * part, lmg_by_sets)} for part in [1.0, 0.1]]
    print(json.dumps({"names": NAMES, "values": ATTITUDE.tolist(), "errors": errors.tolist(), "pairs": pairs,
                      "shares": shares}, indent=1))


if __name__ == "__main__":
    main()
