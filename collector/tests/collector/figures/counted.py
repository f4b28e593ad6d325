"""What is served of answers that are counted as they are."""

import math

import numpy as np
from scipy.stats import f

from ranges import Z, exact_score, wilson
from survey import counts_of
from published import Blocks

SIDES = [("favourable", 1), ("neutral", 0), ("unfavourable", -1)]


def score_of(line, estimate, is_wide=False):
    value, low, high = estimate
    least, most = float(line.points[0]), float(line.points[-1])
    wide = {"spread_withheld": True} if is_wide else {}
    return {"measure": line.measure, "value": value, "low": low, "high": high, "min": least, "max": most, **wide}


def nothing(line):
    return {"id": line.id, "answered": 0, "missing": 0, "counts": [], "score": None, "distribution": []}


def is_of_thirds(lines, when):
    """Whether a condition says no more than whether an answer is favourable and so on."""
    line = next((line for line in lines if line.id == when.get("item") and line.thirds is not None), None)
    if line is None or "at_least" not in when:
        return False
    begins = when["at_least"] - (1 if line.kind in ("rating", "agreement") else 0)
    return begins <= 0 or begins >= line.cells or line.thirds[begins] != line.thirds[begins - 1]


def blocks_of(row, line, lines, groups):
    points_tier = {"open_text": "themes"}.get(line.kind, "points")
    if line.kind == "share" and is_of_thirds(lines, line.derived["when"]):
        points_tier = "favourable"
    has_detail = {"score": line.points is not None, "favourable": line.thirds is not None, "points": True}
    tiers = {"score": "score", "favourable": "favourable", "points": points_tier}
    steps = [(detail, tier) for detail, tier in tiers.items() if has_detail[detail]]
    blocks = Blocks(row, groups, steps, lambda one: one[line.id] is not None)
    if line.kind == "index":
        blocks.beside([blocks_of(row, part, lines, groups) for part in lines if part.id in line.derived["items"]])
    return blocks


def exact_item(row, line, lines, groups, choice):
    has_answer = lambda one: one[line.id] is not None
    blocks = blocks_of(row, line, lines, groups)
    respondents = sum(len(people) for label, people in groups if choice <= set(label))
    if respondents == 0:
        return nothing(line)
    have = None if line.may_miss or line.sampled else respondents
    people = {detail: blocks.people(detail, choice) for detail in blocks.steps}
    given = {detail: None if of is None else [one[line.id] for one in of if has_answer(one)] for detail, of in people.items()}
    least = next(iter(people))
    item = nothing(line)
    item["answered"] = len(given[least] or [])
    item["missing"] = len(people[least] or []) - item["answered"]
    if given["points"] is None:
        item["distribution"] = blocks.withheld("points", choice, have)
    else:
        counts, of = counts_of(line, given["points"]), len(given["points"])
        item["counts"] = counts
        item["distribution"] = [wilson(count, of) for count in counts]
        if of != item["answered"]:
            item["distribution_of"] = of
    if line.thirds is not None:
        item["favourable"] = blocks.withheld("favourable", choice, have)
        if given["favourable"] is not None:
            sides, of = line.thirds[given["favourable"]], len(given["favourable"])
            shares = {name: wilson(np.sum(sides == side), of) for name, side in SIDES}
            item["favourable"] = {"of": of, **shares}
    if line.points is not None:
        item["score"] = blocks.withheld("score", choice, have)
        if given["score"] is not None:
            known = given["favourable" if line.kind == "net_promoter" else "points"] or []
            item["score"] = score_of(line, *exact_score(line, given["score"], known))
    return item


def joint(row, lines, groups, choice):
    survey = row["definition"]
    chosen = [line for id in survey["joint"] for line in lines if line.id == id]
    has_all = lambda one: all(one[line.id] is not None for line in chosen)
    blocks = Blocks(row, groups, [("joint", "points")], has_all)
    people = blocks.people("joint", choice)
    result = {"lines": survey["joint"], "respondents": 0, "withheld": "too_few", "correlations": [], "alpha": None, "reliability": []}
    if people is None:
        return result
    turned = lambda line, cell: line.cells - 1 - cell if line.reverse else cell
    table = np.array([[turned(line, one[line.id]) / (line.cells - 1) for one in people if has_all(one)] for line in chosen])
    n = table.shape[1]

    def correlation(one, other):
        # Sums of tenths and fourths may differ in the last digit.
        if np.ptp(one) < 1e-9 or np.ptp(other) < 1e-9:
            return None
        value = np.clip(np.corrcoef(one, other)[0, 1], -1, 1)
        if abs(value) > 1 - 1e-12:
            return [np.sign(value)] * 3
        margin = Z / math.sqrt(n - 3)
        return [value, math.tanh(math.atanh(value) - margin), math.tanh(math.atanh(value) + margin)]

    def alpha(rows):
        of_sum, k = np.var(rows.sum(axis=0), ddof=1), len(rows)
        if k < 2 or of_sum < 1e-12:
            return None
        lack = 1 - k / (k - 1) * (1 - np.var(rows, axis=1, ddof=1).sum() / of_sum)
        return [1 - lack, *(1 - lack * f.ppf([0.975, 0.025], n - 1, (n - 1) * (k - 1)))]

    def part(line):
        others = np.delete(table, line, axis=0)
        return {"item_rest": correlation(table[line], others.sum(axis=0)), "alpha_without": alpha(others)}

    correlations = [[correlation(one, other) for other in table] for one in table]
    reliability = [part(line) for line in range(len(chosen))]
    del result["withheld"]
    return {**result, "respondents": n, "correlations": correlations, "alpha": alpha(table), "reliability": reliability}
