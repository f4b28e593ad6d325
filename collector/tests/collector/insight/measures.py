"""What is published of a survey's lines, for each wave and group, and the figures that follow."""

from collections import defaultdict

import numpy as np

import formulas
from ranges import adjusted_wald, wilson
from reports import Channel, mean_of
from survey import lines_of


class Measure:
    """One figure of a line."""

    def __init__(self, line, kind, bounds, leads=False):
        self.line, self.kind, (self.min, self.max), self.leads = line, kind, bounds, leads
        self.name = f"{line.id}:favourable" if kind == "favourable" else line.id

    @property
    def bounds(self):
        return self.min, self.max

    def label(self):
        return {"measure": self.name, "line": self.line.id, "kind": self.kind, "min": float(self.min), "max": float(self.max)}


def measures_of(survey):
    measures = []
    for line in lines_of(survey):
        if line.kind == "net_promoter":
            measures.append(Measure(line, "net_promoter_score", (-100, 100), True))
        elif line.kind == "index":
            measures.append(Measure(line, "index", (0, 100), True))
        elif line.kind == "class":
            measures.append(Measure(line, "share", (0, 1), True))
        else:
            measures.append(Measure(line, "mean", (1, line.cells)))
            measures.append(Measure(line, "favourable", (0, 1)))
    if not any(measure.leads for measure in measures):
        [measure for measure in measures if measure.line is measures[0].line][-1].leads = True
    return measures


class Counts:
    """What is published of one line: its counts, or of a recommendation detractors, passives and promoters. Or else why it isn't."""

    def __init__(self, cells=None, gap=None):
        self.cells, self.gap = cells, gap

    @staticmethod
    def of(line, item):
        if item["score"] is None and item["answered"] == 0:
            return Counts(gap={"withheld": "no_answers"})
        favourable = item.get("favourable")
        if line.kind == "net_promoter" and favourable is not None:
            if "withheld" in favourable:
                return Counts(gap=favourable)
            sides = [favourable[side]["value"] * favourable["of"] for side in ("unfavourable", "neutral", "favourable")]
            assert np.allclose(sides, np.round(sides), atol=1e-6) and favourable["of"] == item["answered"]
            return Counts(np.round(sides))
        if not item["counts"]:
            return Counts(gap={name: item["score"][name] for name in item["score"] if name != "in_whole"})
        assert sum(item["counts"]) == item["answered"]
        return Counts(np.array(item["counts"], float))

    def __add__(self, other):
        if self.cells is None or other.cells is None:
            return self if other.cells is None else other
        return Counts(self.cells + other.cells)


class Slice:
    """What is published of some people."""

    def __init__(self, respondents, lines, joint=None):
        self.respondents, self.lines, self.joint = respondents, lines, joint

    @staticmethod
    def of(survey, results):
        if results["respondents"] == 0:
            return None
        lines = {line.id: Counts.of(line, item) for line, item in zip(lines_of(survey), results["items"], strict=True)}
        return Slice(results["respondents"], lines, results.get("joint"))

    def __add__(self, other):
        lines = {id: counts + other.lines[id] for id, counts in self.lines.items()}
        return Slice(self.respondents + other.respondents, lines)


def total(slices):
    slices = [one for one in slices if one is not None]
    return sum(slices[1:], slices[0]) if slices else None


def figure_of(survey, measure, counts):
    """A figure with its range."""
    line, cells, kind = measure.line, counts.cells, measure.kind
    points = np.array([-100.0, 0.0, 100.0]) if line.kind == "net_promoter" else line.points
    if survey["privacy"]["kind"] == "randomised":
        channel = Channel(line, survey["privacy"]["epsilon"] / len(lines_of(survey)))
        if kind == "favourable":
            return mean_of(channel, cells, (line.thirds == 1).astype(float), 0, 1)
        return mean_of(channel, cells, points, points[0], points[-1])
    n = int(cells.sum())
    if kind == "favourable":
        return wilson(cells[line.thirds == 1].sum(), n)
    if kind == "share":
        return wilson(cells[0], n)
    return adjusted_wald(line, np.average(points, weights=cells), list(zip(points, cells)))


def known(figure, n):
    value, low, high = figure
    return {"value": value, "low": low, "high": high, "n": int(n)}


def withheld(word, **counts):
    return {"withheld": word, **counts}


def figure(survey, measure, one):
    """The figure of a slice as it is served."""
    if one is None:
        return withheld("no_answers")
    counts = one.lines[measure.line.id]
    return counts.gap if counts.cells is None else known(figure_of(survey, measure, counts), counts.cells.sum())


def range_of(served):
    return None if "withheld" in served else [served["value"], served["low"], served["high"]]


class Panel:
    """All that a survey publishes. `present` gives a unit's present name."""

    def __init__(self, survey, published, present, today):
        self.survey, self.published, self.present, self.today = survey, published, present, today
        self.measures = measures_of(survey)
        self.waves = sorted(published["waves"])

    def figure(self, measure, one):
        return figure(self.survey, measure, one)

    def whole(self, wave):
        return Slice.of(self.survey, next(iter(self.published["waves"][wave].values())))

    def by(self, wave, segment="unit"):
        """The slices of a wave by unit under its present name, or by another segment's values."""
        found = defaultdict(list)
        for group in self.published["waves"][wave][segment]["groups"]:
            name = self.present(group["value"]) if segment == "unit" else group["value"]
            found[name].append(Slice.of(self.survey, group["results"]))
        found = {name: total(slices) for name, slices in found.items()}
        return {name: found[name] for name in sorted(found) if found[name] is not None}

    def all_waves(self):
        one = total(self.whole(wave) for wave in self.waves)
        one.joint = self.published["all"].get("joint")
        return one

    def units_of_all_waves(self):
        found = defaultdict(list)
        for wave in self.waves:
            for name, one in self.by(wave).items():
                found[name].append(one)
        found = {name: total(slices) for name, slices in sorted(found.items())}
        for group in self.published["all"]["groups"]:
            one, of_all = found.get(group["value"]), Slice.of(self.survey, group["results"])
            for id in one.lines if one and of_all else []:
                # How many wait is told of all waves together.
                if one.lines[id].cells is None:
                    one.lines[id] = of_all.lines[id]
        return found
