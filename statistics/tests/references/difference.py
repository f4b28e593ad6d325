"""Differences of two figures: of shares by statsmodels' Newcombe interval, of scores by the formula of Zou and Donner
(2008); standardised differences with their p values by SciPy.

python difference.py > difference.json      (SciPy 1.17.1, statsmodels 0.15.0)
"""

import json
import math

from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

Z = norm.ppf(0.975)

# Newcombe's eight examples, then lopsided ones: one respondent, everybody alike, few beside many.
SHARES = [
    (56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (0, 10, 0, 10), (10, 10, 0, 20),
    (10, 10, 0, 10), (0, 1, 1, 1), (1, 1, 1, 1), (1, 2, 999, 1000), (0, 5, 3, 100000), (250, 250, 999, 1000),
]

# Promoters, passives and detractors of two waves.
SCORES = [
    ([40, 35, 25], [25, 35, 40]), ([85, 10, 5], [3, 6, 21]), ([30, 0, 0], [30, 0, 0]), ([0, 0, 30], [1, 0, 0]),
    ([0, 1, 0], [0, 900, 100]), ([970, 20, 10], [0, 0, 6]),
]


def adjusted_wald(counts):
    n, nudged = sum(counts), sum(counts) + 3
    promoters, detractors = (counts[0] + 0.75) / nudged, (counts[2] + 0.75) / nudged
    centre = promoters - detractors
    margin = Z * math.sqrt((promoters + detractors - centre**2) / nudged)
    value = (counts[0] - counts[2]) / n
    return [100 * figure for figure in (value, max(-1, min(value, centre - margin)), min(1, max(value, centre + margin)))]


def mover(one, other):
    (one, low, high), (other, other_low, other_high) = one, other
    difference = one - other
    return [
        difference,
        difference - math.sqrt((one - low) ** 2 + (other_high - other) ** 2),
        difference + math.sqrt((high - one) ** 2 + (other - other_low) ** 2),
    ]


def standardised(difference):
    value, low, high = difference
    z = Z * value / (high - value if value < 0 else value - low)
    return {"z": z, "p": 2 * norm.sf(abs(z))}


def share(row):
    count, of, other_count, other_of = row
    wilson = lambda count, of: [count / of, *map(float, proportion_confint(count, of, method="wilson"))]
    low, high = confint_proportions_2indep(*row, method="newcomb", compare="diff", correction=False)
    one, other = wilson(count, of), wilson(other_count, other_of)
    difference = [one[0] - other[0], float(low), float(high)]
    return {"counts": row, "difference": difference, **standardised(difference)}


def score(row):
    one, other = map(adjusted_wald, row)
    difference = mover(one, other)
    return {"counts": row, "difference": difference, **standardised(difference)}



def rows(found):
    return "[\n" + ",\n".join(json.dumps(row) for row in found) + "\n]"


print(f'{{"shares": {rows(map(share, SHARES))},\n"scores": {rows(map(score, SCORES))}}}')
