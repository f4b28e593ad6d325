"""Works out each number of the API from the answers and reports in input.json, by the formulas of docs/privacy.md and the fields of
docs/wire-format.md, and writes them to expected.json. README.md says more."""

import json
import math
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

FOLDER = Path(__file__).parent
Z = norm.ppf(0.975)
TIERS = {"score": 3, "favourable": 5, "points": 10, "themes": 20, "whole": 50, "group": 5}


# What a survey counts


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
            middle = self.cells // 2
            side = np.sign(np.arange(self.cells) - middle)
            if self.cells == 7:
                side = np.array([-1, -1, -1, 0, 1, 1, 1])
            return -side if self.reverse else side
        return None


def lines_of(survey):
    is_sample, lines = "sample" in survey, []
    for item in survey["items"]:
        kind = item["kind"]
        may_miss = not item.get("required", True) or "when" in item
        if kind == "matrix":
            for statement in item["statements"]:
                lines.append(Line(statement["id"], "agreement", item["scale"]["points"], may_miss, statement["reverse"], is_sample))
            continue
        cells = {
            "net_promoter": lambda: 11,
            "rating": lambda: item["scale"]["points"],
            "agreement": lambda: item["scale"]["points"],
            "choice": lambda: len(item["options"]),
            "choices": lambda: len(item["options"]) + 1,
            "open_text": lambda: len(item["themes"]),
            "count": lambda: item["most"] + 1,
        }[kind]()
        lines.append(Line(item["id"], kind, cells, may_miss, item.get("reverse", False), is_sample))
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


# What people answered, and what follows from it


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


# What readers are told of it


def told(waiting, fewest, names, is_over, whole):
    """Which groups are told when they are first looked at, and as what: [(label, members)]. `waiting` has (label, people, answered)."""
    rest, done = list(waiting), []
    for depth in range(len(names), -1, -1):
        kept = lambda label: tuple(pair for pair in label if pair[0] in names[:depth])
        for label in sorted({kept(group[0]) for group in rest}):
            alike = [group for group in rest if kept(group[0]) == label]
            needs = fewest
            if depth < len(names):
                needs = max(fewest, 5) if is_over else max(fewest, 5, whole)
            if sum(group[2] for group in alike) >= needs:
                done.append((label, [one for group in alike for one in group[1]], sum(group[2] for group in alike)))
                rest = [group for group in rest if kept(group[0]) != label]
    return done


class Blocks:
    """What is told of a line, in each detail in turn. `groups` are those that everything came in: (label, people)."""

    def __init__(self, row, groups, steps, has_answer):
        survey = row["definition"]
        tiers = {**TIERS, **survey.get("withhold", {})}
        names = list(survey.get("segments", {}))
        self.whole, self.steps = tiers["whole"], {}
        waiting = [(label, people, sum(map(has_answer, people))) for label, people in groups if people]
        for detail, tier in steps:
            fewest = max(tiers[tier], tiers["group"]) if names else tiers[tier]
            if detail == "joint":
                fewest = max(fewest, 10)
            waiting = told(waiting, fewest, names, row["wave_is_over"], self.whole)
            self.steps[detail] = (fewest, waiting)
        _, least = self.steps[steps[0][0]]
        self.in_all = sum(answered for _, _, answered in least)

    def people(self, detail, choice):
        """The people told of in a detail, or None."""
        _, blocks = self.steps[detail]
        is_open = self.in_all >= self.whole
        fitting = [people for label, people, _ in blocks if choice <= (set(label) if is_open else set())]
        return [one for people in fitting for one in people] if fitting else None

    def withheld(self, detail, choice, have):
        fewest, _ = self.steps[detail]
        if choice and self.in_all < self.whole:
            return {"withheld": "too_few", "in_whole": True, "needs": self.whole, "have": self.in_all}
        return {"withheld": "too_few", "needs": fewest, **({"have": have} if have is not None and have < fewest else {})}


# Figures of answers that were counted as they are


def cut(value, low, high, least, most):
    value, low, high = np.clip([value, low, high], least, most)
    return [value, min(low, value), max(high, value)]


def wilson(count, n):
    share = count / n
    centre = (count + Z**2 / 2) / (n + Z**2)
    margin = Z / (n + Z**2) * math.sqrt(n * share * (1 - share) + Z**2 / 4)
    return cut(share, centre - margin, centre + margin, 0, 1)


def adjusted_wald(line, points):
    """Three more respondents: spread evenly over the scale, or ¾ each of promoters and detractors."""
    points = np.asarray(points)
    if line.kind == "net_promoter":
        added, weights = np.array([-100.0, 0.0, 100.0]), np.array([0.75, 1.5, 0.75])
    else:
        added, weights = line.points, np.full(line.cells, 3 / line.cells)
    everything, weights = np.concatenate([points, added]), np.concatenate([np.ones(len(points)), weights])
    centre = np.average(everything, weights=weights)
    variance = np.average((everything - centre) ** 2, weights=weights)
    margin = Z * math.sqrt(variance / weights.sum())
    return cut(points.mean(), centre - margin, centre + margin, line.points[0], line.points[-1])


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


def exact_score(line, all_told, known):
    """`known` are those of whom more is told than the sum of all; the others may lie at the ends of the scale."""
    points = line.points[all_told]
    known = line.points[known]
    if len(known) == 0:
        return hoeffding(line, points), True
    if len(known) == len(points):
        return adjusted_wald(line, points), False
    low, high = line.points[0], line.points[-1]
    rest = len(points) - len(known)
    at_the_top = (points.sum() - known.sum() - rest * low) / (high - low)
    # So many at either end have the sum; one of them may have to be split.
    return adjusted_wald_of(line, points.mean(), known, [(low, rest - at_the_top), (high, at_the_top)]), True


def adjusted_wald_of(line, mean, known, ends):
    if line.kind == "net_promoter":
        added = [(-100.0, 0.75), (0.0, 1.5), (100.0, 0.75)]
    else:
        added = [(point, 3 / line.cells) for point in line.points]
    pairs = np.array([(point, 1.0) for point in known] + ends + added)
    centre = np.average(pairs[:, 0], weights=pairs[:, 1])
    variance = np.average((pairs[:, 0] - centre) ** 2, weights=pairs[:, 1])
    margin = Z * math.sqrt(variance / pairs[:, 1].sum())
    return cut(mean, centre - margin, centre + margin, line.points[0], line.points[-1])


def score_of(line, estimate, is_wide=False):
    value, low, high = estimate
    least, most = float(line.points[0]), float(line.points[-1])
    wide = {"spread_withheld": True} if is_wide else {}
    return {"measure": line.measure, "value": value, "low": low, "high": high, "min": least, "max": most, **wide}


def nothing(line):
    return {"id": line.id, "answered": 0, "missing": 0, "counts": [], "score": None, "distribution": []}


def exact_item(row, line, groups, choice):
    has_answer = lambda one: one[line.id] is not None
    steps = ([("score", "score")] if line.points is not None else []) + ([("favourable", "favourable")] if line.thirds is not None else [])
    points_tier = {"open_text": "themes", "share": "favourable"}.get(line.kind, "points")
    blocks = Blocks(row, groups, steps + [("points", points_tier)], has_answer)
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


SIDES = [("favourable", 1), ("neutral", 0), ("unfavourable", -1)]


def joint(row, lines, groups, choice):
    survey = row["definition"]
    chosen = [line for id in survey["joint"] for line in lines if line.id == id]
    has_all = lambda one: all(one[line.id] is not None for line in chosen)
    blocks = Blocks(row, groups, [("joint", "points")], has_all)
    people = blocks.people("joint", choice)
    result = {"lines": survey["joint"], "respondents": 0, "withheld": "too_few", "correlations": [], "alpha": None}
    if people is None:
        return result
    turned = lambda line, cell: line.cells - 1 - cell if line.reverse else cell
    table = np.array([[turned(line, one[line.id]) / (line.cells - 1) for one in people if has_all(one)] for line in chosen])
    n = table.shape[1]
    varies = [len(set(answers)) > 1 for answers in table]
    covariances = np.cov(table)

    def correlation(one, other):
        if not varies[one] or not varies[other]:
            return None
        if one == other:
            return [1, 1, 1]
        value = np.clip(np.corrcoef(table[one], table[other])[0, 1], -1, 1)
        if abs(value) > 1 - 1e-12:
            return [np.sign(value)] * 3
        margin = Z / math.sqrt(n - 3)
        return [value, math.tanh(math.atanh(value) - margin), math.tanh(math.atanh(value) + margin)]

    def alpha():
        of_sum, k = np.var(table.sum(axis=0), ddof=1), len(chosen)
        if of_sum < 1e-12:
            return None
        lack = 1 - k / (k - 1) * (1 - np.trace(covariances) / of_sum)
        margin = Z * math.sqrt(2 * k / ((k - 1) * (n - 2)))
        ends = [1 - lack * (n - 1) / n * math.exp(end) for end in (margin, -margin)]
        return [1 - lack, *ends]

    correlations = [[correlation(one, other) for other in range(len(chosen))] for one in range(len(chosen))]
    del result["withheld"]
    return {**result, "respondents": n, "correlations": correlations, "alpha": alpha()}


# Figures of reports


def line_epsilon(survey, lines):
    """ε is shared evenly by the lines that a respondent can be asked."""
    if "sample" not in survey:
        return survey["privacy"]["epsilon"] / len(lines)
    sizes = sorted((len(item.get("statements", [None])) for item in survey["items"]), reverse=True)
    return survey["privacy"]["epsilon"] / sum(sizes[: survey["sample"]])


class Channel:
    """How likely each report is (rows) of each class (columns); the last ones are no answer where that is randomised."""

    def __init__(self, line, epsilon):
        self.hides_missing = line.may_miss
        points = 3 if line.kind == "net_promoter" else line.cells
        e = math.exp(epsilon)
        is_long = line.kind in ("rating", "count", "index") and points > 7
        self.beyond = 0
        if is_long:
            self.beyond = math.floor(points * (epsilon * e - e + 1) / (2 * e * (e - 1 - epsilon)))
        self.points, self.is_wave = points, self.beyond > 0
        self.reports = reports = points + 2 * self.beyond
        classes = points + self.hides_missing
        width = 2 * self.beyond + 1
        far = 1 / (width * e + points - 1 + self.hides_missing)
        matrix = np.full((reports + self.hides_missing, classes), far)
        for point in range(points):
            matrix[point : point + width, point] = far * e
        if self.hides_missing:
            matrix[-1, -1] = far * e
            matrix[:-1, -1] = (1 - far * e) / reports
        self.matrix = matrix

    def unbiased(self, worth):
        """What each report adds, so that on average it is what each class is worth. For a wave it is linear in the place."""
        if not self.is_wave:
            return np.linalg.solve(self.matrix.T, worth)
        reports = self.reports
        base = np.zeros((len(self.matrix), 3 if self.hides_missing else 2))
        base[:reports, 0] = 1
        base[:reports, 1] = np.arange(reports)
        if self.hides_missing:
            base[-1, 2] = 1
        found, *_ = np.linalg.lstsq(self.matrix.T @ base, worth, rcond=None)
        assert np.allclose(self.matrix.T @ base @ found, worth, atol=1e-8)
        return base @ found


def quotient(counts, totals, answers, least, most):
    """A quotient of two means over reports, with its range by the delta method; None where nobody seems to have answered."""
    n = counts.sum()
    total, answered = counts @ totals / n, counts @ answers / n
    if answered <= 0:
        return None
    value = total / answered
    rest = totals - value * answers
    variance = max(counts @ rest**2 / n - (counts @ rest / n) ** 2, 0)
    margin = Z * math.sqrt(variance / n) / answered
    return cut(value, value - margin, value + margin, least, most)


def mean_of(channel, counts, worth, least, most):
    """Mean of what answers are worth. No answer is worth nothing, and doesn't count."""
    gap = [0.0] if channel.hides_missing else []
    totals = channel.unbiased(np.concatenate([worth, gap]))
    answers = channel.unbiased(np.concatenate([np.ones(len(worth)), gap]))
    return quotient(counts, totals, answers, least, most)


def likeliest(matrix, counts):
    """Expectation and maximisation."""
    shares = np.full(matrix.shape[1], 1 / matrix.shape[1])
    for _ in range(2000):
        before = shares
        shares = shares * (matrix.T @ (counts / (matrix @ shares))) / counts.sum()
        if np.abs(shares - before).sum() < 1e-6:
            break
    return shares


def randomised_item(line, epsilon, reports, choice):
    chosen = [group["given"][line.id] for label, group in reports if choice <= set(label)]
    hides = {"estimated": True} if line.may_miss else {}
    item = {**nothing(line), **hides}
    people = sum(group["people"] for label, group in reports if choice <= set(label))
    reported = line.cells if line.several else Channel(line, epsilon).reports
    sums = np.sum([np.zeros(reported + 1, dtype=int), *chosen], axis=0)
    cells, missing = sums[:-1], sums[-1]
    item["counts"] = cells
    if line.several:
        return {**item, **several(line, epsilon, cells, missing, people)}
    channel = Channel(line, epsilon)
    counts = sums if line.may_miss else cells
    answered = people - missing
    if line.may_miss and people > 0:
        far, kept = channel.matrix[-1, 0], channel.matrix[-1, -1]
        answered = round(float(np.clip(people * (kept - missing / people) / (kept - far), 0, people)))
    item["answered"], item["missing"] = answered, people - answered
    if cells.sum() == 0 and not channel.is_wave or counts.sum() == 0:
        return item
    if line.points is not None:
        points = np.array([-100.0, 0.0, 100.0]) if line.kind == "net_promoter" else line.points
        score = mean_of(channel, counts, points, points[0], points[-1])
        item["score"] = None if score is None else score_of(line, score)
    share = lambda cells: mean_of(channel, counts, np.array(cells, dtype=float), 0, 1)
    if channel.is_wave:
        shares = likeliest(channel.matrix, counts)[: channel.points]
        item["distribution"] = {"about": shares / shares.sum()} if shares.sum() > 0 else []
        return item
    shares = [share(row) for row in np.eye(channel.points)]
    item["distribution"] = [] if None in shares else shares
    if line.thirds is not None and line.kind != "net_promoter" and None not in shares:
        item["favourable"] = {"of": cells.sum(), **{name: share(line.thirds == side) for name, side in SIDES}}
    return item


def several(line, epsilon, cells, missing, people):
    """Each bit is randomised apart, with an even part of ε."""
    e = math.exp(epsilon / (line.cells + line.may_miss))
    p, q = e / (e + 1), 1 / (e + 1)
    asked = people if line.may_miss else people - missing
    answered, lacking = asked, 0.0
    if line.may_miss and asked > 0:
        lacking = missing / asked
        answered = round(float(np.clip(people * (p - lacking) / (p - q), 0, people)))
    item = {"answered": answered, "missing": people - answered}
    if asked == 0:
        return item
    shares = []
    for count in cells:
        chosen = count / asked
        # Nobody who has no answer has chosen anything.
        without = (lacking - q) / (p - q) if line.may_miss else 0.0
        rest = 1 - without
        if rest <= 0:
            continue
        share = (chosen - q) / (p - q) / rest
        # The variances of both reported bits, and their covariance, for the quotient of two means.
        covariance = -(chosen - q) * (lacking - q) if line.may_miss else 0.0
        spread = chosen * (1 - chosen) + share**2 * lacking * (1 - lacking) + 2 * share * covariance
        margin = Z * math.sqrt(max(spread, 0) / asked) / ((p - q) * rest)
        shares.append(cut(share, share - margin, share + margin, 0, 1))
    return {**item, "distribution": shares}


# Results


def results(row, lines, groups, choice):
    survey, kind = row["definition"], row["definition"]["privacy"]["kind"]
    if kind == "randomised":
        epsilon = line_epsilon(survey, lines)
        respondents = sum(group["people"] for label, group in groups if choice <= set(label))
        items = [randomised_item(line, epsilon, groups, choice) for line in lines]
        mechanism = {"epsilon": survey["privacy"]["epsilon"], "item_epsilon": epsilon}
        return {"mechanism": mechanism, "respondents": respondents, "items": items}
    respondents = sum(len(people) for label, people in groups if choice <= set(label))
    items = [exact_item(row, line, groups, choice) for line in lines]
    both = {"joint": joint(row, lines, groups, choice)} if "joint" in survey else {}
    mechanism = {"k": survey["privacy"]["k"]} if kind == "batched" else {}
    return {"mechanism": mechanism, "respondents": respondents, "items": items, **both}


def survey_results(row):
    survey = row["definition"]
    lines = lines_of(survey)
    groups = []
    for group in row["groups"]:
        label, given = tuple(sorted(group["segment"].items())), group["given"]
        if survey["privacy"]["kind"] == "randomised":
            groups.append((label, group))
            continue
        if survey["privacy"]["kind"] == "batched":
            # The rest stays on the device.
            given = given[: len(given) // survey["privacy"]["k"] * survey["privacy"]["k"]]
        groups.append((label, [person(survey, lines, word) for word in given]))
    found = results(row, lines, groups, set())
    if "segments" in survey:
        name, values = list(survey["segments"].items())[-1]
        found["groups"] = [{"value": value, "results": results(row, lines, groups, {(name, value)})} for value in values]
    return found


def plain(value):
    """Twelve digits, and lists in the place of arrays."""
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.12g}")
    return int(value) if isinstance(value, np.integer) else value


rows = [json.dumps(plain(survey_results(row)), separators=(",", ":")) for row in json.loads((FOLDER / "input.json").read_text())]
(FOLDER / "expected.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
