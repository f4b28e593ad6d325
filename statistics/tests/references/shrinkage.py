"""Writes shrinkage.json: units' figures drawn towards the whole, by SciPy's quadrature, and who is lowest, by simulation in NumPy.

Needs numpy and scipy. The model is that of src/shrinkage.rs: y ~ N(theta, s^2), theta ~ N(mu, tau^2), even weights for mu on all numbers and for tau
from 0 to half the span.
"""

import json
import pathlib

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

# Rubin (1981), as in Gelman and others, "Bayesian data analysis", table 5.2.
SCHOOLS = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])


def case(name, y, s, span, rng, draws=4_000_000):
    y, s, most = np.asarray(y, float), np.asarray(s, float), span / 2

    def given(tau):
        w = 1 / (s**2 + tau**2)
        m = np.average(y, weights=w)
        logp = 0.5 * (np.log(w).sum() - np.log(w.sum()) - (w * (y - m) ** 2).sum())
        return logp, m, 1 / w.sum()

    grid = np.concatenate([[0.0], np.geomspace(most * 1e-6, most, 4000)])
    logs = np.array([given(tau)[0] for tau in grid])
    top = logs.max()
    at = int(logs.argmax())
    # The peak, from the residual likelihood itself (REML).
    peak = 0.0
    if at > 0:
        bracket = (grid[at - 1], grid[min(at + 1, len(grid) - 1)])
        peak = minimize_scalar(lambda tau: -given(tau)[0], bounds=bracket, method="bounded", options={"xatol": 1e-12}).x
    points = sorted({grid[i] for i in range(0, len(grid), 100)})

    def integral(of, end=most):
        ends = [p for p in points if p < end] + [end]
        pieces = [quad(lambda t: np.exp(given(t)[0] - top) * of(t), a, b, epsabs=0, epsrel=1e-10)[0] for a, b in zip(ends, ends[1:])]
        return sum(pieces)

    all_mass = integral(lambda t: 1.0)
    mean_of = lambda of: integral(of) / all_mass
    quantile = lambda level: brentq(lambda t: integral(lambda _: 1.0, t) / all_mass - level, most * 1e-6, most)

    def unit(i):
        def normal(tau):
            _, m, v = given(tau)
            b = s[i] ** 2 / (s[i] ** 2 + tau**2)
            return (1 - b) * y[i] + b * m, (1 - b) * s[i] ** 2 + b**2 * v

        mean = mean_of(lambda t: normal(t)[0])
        return mean, np.sqrt(mean_of(lambda t: normal(t)[1] + (normal(t)[0] - mean) ** 2))

    units = [unit(i) for i in range(len(y))]
    whole = mean_of(lambda t: given(t)[1])
    whole_error = np.sqrt(mean_of(lambda t: given(t)[2] + (given(t)[1] - whole) ** 2))

    found = {"name": name, "values": y.tolist(), "errors": s.tolist(), "span": span}
    found |= {"whole": whole, "whole_error": whole_error, "between": float(peak)}
    found |= {"between_range": [quantile(0.025), quantile(0.975)]}
    found |= {"figures": [u[0] for u in units], "figure_errors": [u[1] for u in units]}
    places = len(y) // 4
    if places:
        # Draws of tau by the inverse of its distribution on a fine grid.
        fine = np.geomspace(most * 1e-6, most, 20_000)
        weight = np.exp(np.array([given(t)[0] for t in fine]) - top) * fine
        cumulative = np.cumsum(weight) / weight.sum()
        lowest = np.zeros(len(y))
        for _ in range(draws // 100_000):
            tau = np.interp(rng.random(100_000), cumulative, fine)[:, None]
            w = 1 / (s**2 + tau**2)
            mu = ((w * y).sum(1) / w.sum(1) + rng.standard_normal(100_000) / np.sqrt(w.sum(1)))[:, None]
            b = s**2 / (s**2 + tau**2)
            theta = (1 - b) * y + b * mu + np.sqrt(1 - b) * s * rng.standard_normal((100_000, len(y)))
            lowest += np.bincount(np.argpartition(theta, places - 1, axis=1)[:, :places].ravel(), minlength=len(y))
        found["lowest_quarter"] = (lowest / (draws // 100_000 * 100_000)).tolist()
    return found


def main():
    rng = np.random.default_rng(13)
    errors = np.round(75 / np.sqrt(np.exp(rng.uniform(np.log(6), np.log(300), 21))), 1)
    teams = np.round(20 + 10 * rng.standard_normal(21) + errors * rng.standard_normal(21), 1)
    found = [
        case("eight schools", *SCHOOLS, 2000, rng),
        case("21 teams", teams, errors, 200, rng),
        case("two teams", [30, -10], [10, 20], 200, rng),
        case("four teams, one of them known exactly", [35, 20, -60, 14], [8, 4, 30, 2e-4], 200, rng),
        case("twelve teams, four of them known exactly", [0, 0.1, 20, 0.2] + [20, 0, 0.1, -40, 0, 3, 30, -9], [2e-4] * 4 + [2.5] * 4 + [40] * 4, 200, rng),
    ]
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n")


main()
