"""What a survey counts, and what people answered."""

import numpy as np


class Line:
    """One line of a release."""

    def __init__(self, id, kind, cells, may_miss, reverse=False, sampled=False, derived=None):
        self.id, self.kind, self.cells, self.may_miss = id, kind, cells, may_miss
        self.reverse, self.sampled, self.derived = reverse, sampled, derived

    @property
    def several(self):
        return self.kind in ("choices", "open_text")

    @property
    def points(self):
        """What each cell stands for in the main figure, or None where there are shares alone."""
        if self.kind == "net_promoter":
            return np.array([-100.0] * 7 + [0.0] * 2 + [100.0] * 2)
        if self.kind in ("rating", "agreement"):
            return np.arange(1.0, self.cells + 1)
        if self.kind == "count":
            return np.arange(float(self.cells))
        if self.kind == "index":
            return np.linspace(0.0, 100.0, self.cells)
        return None

    @property
    def measure(self):
        return {"net_promoter": "net_promoter_score", "count": "mean_number", "index": "index"}.get(self.kind, "mean")

    @property
    def thirds(self):
        """For each cell 1 where it is favourable, 0 in the middle, −1 else; None where that isn't usual."""
        if self.kind == "net_promoter":
            return np.sign(self.points)
        if self.kind in ("rating", "agreement") and self.cells in (5, 7):
            side = np.sign(np.arange(self.cells) - self.cells // 2)
            return -side if self.reverse else side
        return None


def cells_of(item):
    if item["kind"] == "net_promoter":
        return 11
    if item["kind"] == "count":
        return item["most"] + 1
    if item["kind"] in ("rating", "agreement"):
        return item["scale"]["points"]
    # Of several options the last one is that none of them holds.
    return len(item.get("options", item.get("themes"))) + ("none" in item)


def lines_of(survey):
    is_sample, lines = "sample" in survey, []
    for item in survey["items"]:
        kind = item["kind"]
        may_miss = not item.get("required", True) or "when" in item
        if kind == "matrix":
            for statement in item["statements"]:
                lines.append(
                    Line(statement["id"], "agreement", item["scale"]["points"], may_miss, statement["reverse"], is_sample)
                )
            continue
        lines.append(Line(item["id"], kind, cells_of(item), may_miss, item.get("reverse", False), is_sample))
    known = {line.id: line for line in lines}
    for id, derived in survey.get("derived", {}).items():
        if derived["kind"] == "index":
            parts = [known[part] for part in derived["items"]]
            cells = len(parts) * (parts[0].cells - 1) + 1
            line = Line(id, "index", cells, any(part.may_miss for part in parts), derived=derived)
        elif derived["kind"] == "class":
            parts = [known[derived["energy"]], known[derived["clarity"]]]
            line = Line(id, "class", 5, any(part.may_miss for part in parts), derived=derived)
        else:
            line = Line(id, "share", 2, False, derived=derived)
        known[id] = line
        lines.append(line)
    return lines


def person(survey, lines, word):
    """On each line the cell, a set of cells where there may be several, or None."""
    known = {line.id: line for line in lines}
    given = {}
    for line, character in zip([line for line in lines if line.derived is None], word, strict=True):
        number = None if character == "-" else int(character, 36)
        if number is not None and line.several:
            number = {cell for cell in range(line.cells) if number >> cell & 1}
        given[line.id] = number

    def holds(condition):
        if "all" in condition:
            return all(holds(part) for part in condition["all"])
        if "any" in condition:
            return any(holds(part) for part in condition["any"])
        item = next((item for item in survey["items"] if item["id"] == condition["item"]), {})
        ids = [statement["id"] for statement in item.get("statements", [])] or [condition["item"]]
        if "answered" in condition:
            return all(given[id] is not None for id in ids) == condition["answered"]
        line, answer = known[condition["item"]], given[condition["item"]]
        lowest = 1 if line.kind in ("rating", "agreement") else 0
        return answer is not None and answer + lowest >= condition["at_least"]

    def percent(index):
        return None if given[index] is None else 100.0 * given[index] / (known[index].cells - 1)

    for line in lines:
        if line.kind == "index":
            parts = [known[part] for part in line.derived["items"]]
            turned = [
                None if given[part.id] is None else part.cells - 1 - given[part.id] if part.reverse else given[part.id]
                for part in parts
            ]
            given[line.id] = None if None in turned else sum(turned)
        elif line.kind == "class":
            energy, clarity = percent(line.derived["energy"]), percent(line.derived["clarity"])
            level = lambda value: 1 if value >= 75 else -1 if value < 50 else 0
            classes = {(1, 1): 0, (1, -1): 1, (-1, 1): 2, (-1, -1): 3}
            given[line.id] = None if energy is None or clarity is None else classes.get((level(energy), level(clarity)), 4)
        elif line.kind == "share":
            given[line.id] = int(holds(line.derived["when"]))
    return given


def counts_of(line, answers):
    counts = np.zeros(line.cells, dtype=int)
    for answer in answers:
        for cell in (answer if isinstance(answer, set) else {answer}) - {None}:
            counts[cell] += 1
    return counts
