"""Writes trend.json: what other programs say of a series' marks. Needs numpy, scipy and statsmodels.

- `limits`: for each wave the distance that 0.85 in 20 * f flat series go beyond, out of those that have had no mark until then (f is the number
  of waves in a year): the quantile of simulated series of equal errors.
- `series`: series and their marks. Distances, levels and differences are those of statsmodels' WLS on a constant and a step.
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy.stats import norm

CHANCE_PER_YEAR = 0.85 * 0.05
# How many series are simulated: so many that a limit has a standard error of 0.01 or less.
RUNS = {52: 1_200_000, 12: 400_000, 4: 400_000}
WAVES = [2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60]


def limits(per_year, runs, rng):
    chance = CHANCE_PER_YEAR / per_year
    sums = np.zeros((runs, 1), dtype=np.float32)
    found = []
    for waves in range(1, max(WAVES) + 1):
        more = sums[:, -1:] + rng.standard_normal((len(sums), 1), dtype=np.float32)
        sums = np.hstack([sums, more])
        if waves < 2:
            continue
        part = (np.arange(1, waves) / waves).astype(np.float32)
        scale = np.sqrt(waves * part * (1 - part))
        widest = np.concatenate(
            [(np.abs(some[:, 1:-1] - some[:, -1:] * part) / scale).max(1) for some in np.array_split(sums, 50)]
        )
        limit = float(np.quantile(widest, 1 - chance))
        sums = sums[widest <= limit]
        if waves in WAVES:
            found.append({"waves": waves, "limit": round(limit, 4)})
    return found


def step(values, errors, split):
    """The level before, the level since, and the difference with its standard error."""
    design = sm.add_constant((np.arange(len(values)) >= split).astype(float))
    fit = sm.WLS(values, design, weights=errors**-2.0).fit(cov_type="fixed scale")
    return fit.params[0], fit.params.sum(), fit.params[1], fit.bse[1]


def formula(per_year, waves):
    chance = CHANCE_PER_YEAR / per_year
    most = 0.767 * np.log(1 / chance) - 0.52
    looks = 1 / (1 / most + (1 - 1 / most) * (2 / waves) ** 1.4)
    return norm.isf(chance / looks / 2)


def marks(values, errors, per_year):
    pieces = lambda starts, end: list(zip([0] + [s for s, _ in starts], [s for s, _ in starts] + [end]))
    compare = lambda one, two: step(values[one[0] : two[1]], errors[one[0] : two[1]], one[1] - one[0])

    def borne_out(starts, end):
        levels = pieces(starts, end)
        steps = [compare(one, two) for one, two in zip(levels, levels[1:])]
        for i, (_, _, difference, error) in enumerate(steps):
            if abs(difference) <= norm.ppf(0.975) * error:
                return borne_out(starts[:i] + starts[i + 1 :], end)
        return starts, steps

    starts = []
    for now in range(len(values)):
        starts, _ = borne_out(starts, now + 1)
        first, end = pieces(starts, now + 1)[-1]
        distances = []
        for split in range(first + 1, end):
            _, _, difference, error = compare((first, split), (split, end))
            distances.append(abs(difference) / error)
        if distances and max(distances) > formula(per_year, end - first):
            starts.append((first + 1 + int(np.argmax(distances)), now))
    starts, steps = borne_out(starts, len(values))
    names = ["from", "to", "difference", "error"]
    return [{"since": s, "noticed": n, **dict(zip(names, map(float, found)))} for (s, n), found in zip(starts, steps)]


def series(name, per_year, values, errors):
    values, errors = np.round(values, 2), np.round(errors, 2)
    found = marks(values, errors, per_year)
    return {"name": name, "waves_per_year": per_year, "values": values.tolist(), "errors": errors.tolist(), "marks": found}


def main():
    rng = np.random.default_rng(13)
    uneven = lambda waves: 75 / np.sqrt(np.exp(rng.uniform(np.log(30), np.log(1000), waves)))
    drawn = lambda levels, errors: np.array(levels) + errors * rng.standard_normal(len(errors))
    dip = [20.0] * 14 + [5.0] * 8 + [20.0] * 14
    nile = sm.datasets.nile.load_pandas().data["volume"].to_numpy()
    weekly, monthly, quarterly = uneven(36), uneven(36), uneven(12)
    wandering = uneven(40)
    found = [
        series("dip and recovery, weeks", 52, drawn(dip, weekly), weekly),
        series("dip and recovery, months", 12, drawn(dip, monthly), monthly),
        series("rise, quarters", 4, drawn([-40.0] * 6 + [-10.0] * 6, quarterly), quarterly),
        series("wandering, quarters", 4, drawn(np.cumsum(rng.normal(0, 4, 40)), wandering), wandering),
        # The flow of the Nile at Aswan, 1871 to 1970, with the standard deviation within its two levels. Zeileis, Kleiber, Krämer and
        # Hornik, "Testing and dating of structural changes in practice" (2003), break it after 1898, from 1097.75 to 849.97.
        series("Nile", 52, nile, np.full(len(nile), 126.0)),
    ]
    steady = {str(per_year): limits(per_year, runs, rng) for per_year, runs in RUNS.items()}
    text = json.dumps({"limits": steady, "series": found}, indent=1)
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")


if __name__ == "__main__":
    main()
