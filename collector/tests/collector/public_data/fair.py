"""Writes fair.json: how happily married 6,366 women said they were, and what statsmodels makes of it. README.md says more."""

import json
from pathlib import Path

from statsmodels.datasets import fair
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

answers = fair.load_pandas().data.rate_marriage
n = len(answers)


def share(count):
    return [count / n, *proportion_confint(count, n, method="wilson")]


counts = [int((answers == point).sum()) for point in range(1, 6)]
mean = [answers.mean(), *DescrStatsW(answers).tconfint_mean()]
thirds = {"unfavourable": counts[:2], "neutral": counts[2:3], "favourable": counts[3:]}
found = {
    "counts": counts,
    "mean": mean,
    "distribution": [share(count) for count in counts],
    "favourable": {name: share(sum(of)) for name, of in thirds.items()},
}
Path(__file__).with_suffix(".json").write_text(json.dumps(found) + "\n")
