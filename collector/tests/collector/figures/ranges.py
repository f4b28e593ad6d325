"""Figures of answers that were counted as they are, with their ranges."""

import math

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

Z = norm.ppf(0.975)


def cut(value, low, high, least, most):
    value, low, high = np.clip([value, low, high], least, most)
    return [value, min(low, value), max(high, value)]


def wilson(count, n):
    share = count / n
    centre = (count + Z**2 / 2) / (n + Z**2)
    margin = Z / (n + Z**2) * math.sqrt(n * share * (1 - share) + Z**2 / 4)
    return cut(share, centre - margin, centre + margin, 0, 1)


def adjusted_wald(line, mean, points):
    """`points` are pairs of a point and its weight. Three more respondents join them: spread evenly over the scale, or ¾ each of
    promoters and detractors."""
    if line.kind == "net_promoter":
        added = [(-100.0, 0.75), (0.0, 1.5), (100.0, 0.75)]
    else:
        added = [(point, 3 / line.cells) for point in line.points]
    at, weights = np.array(points + added).T
    centre = np.average(at, weights=weights)
    variance = np.average((at - centre) ** 2, weights=weights)
    margin = Z * math.sqrt(variance / weights.sum())
    return cut(mean, centre - margin, centre + margin, line.points[0], line.points[-1])


def hoeffding(line, points):
    """Whatever the answers are: all places between the ends from which the mean is no farther than ln 40 / n."""
    least, most = line.points[0], line.points[-1]
    place = (np.mean(points) - least) / (most - least)
    low, high = lowest_place(place, len(points)), 1 - lowest_place(1 - place, len(points))
    return [least + (most - least) * at for at in (place, low, high)]


def lowest_place(place, n):
    if place < 1e-15:
        return 0.0

    def away(other):
        terms = [(place, other), (1 - place, 1 - other)]
        return sum(share * math.log(share / of) for share, of in terms if share > 1e-15) - math.log(40) / n

    return brentq(away, 1e-300, place, xtol=1e-16, rtol=1e-15)


def exact_score(line, told, known):
    """The main figure of the cells that are told, and whether its range is wider than they need. `known` are those of which more than
    the sum is told; of the others as many may lie at either end of the scale as their sum allows."""
    points, known = line.points[told], line.points[known]
    if len(known) == 0:
        return hoeffding(line, points), True
    least, most = line.points[0], line.points[-1]
    rest = len(points) - len(known)
    at_the_top = (points.sum() - known.sum() - rest * least) / (most - least)
    ends = [(least, rest - at_the_top), (most, at_the_top)]
    return adjusted_wald(line, points.mean(), [(point, 1.0) for point in known] + ends), rest > 0
