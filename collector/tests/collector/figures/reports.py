"""What is served of answers that chance replaced."""

import math

import numpy as np

from counted import SIDES, nothing, score_of
from ranges import Z, cut


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


def quotient(counts, totals, answers):
    """A quotient of two means over reports, with its margin by the delta method; None where nobody seems to have answered."""
    n = counts.sum()
    total, answered = counts @ totals / n, counts @ answers / n
    if answered <= 0:
        return None
    value = total / answered
    rest = totals - value * answers
    variance = max(counts @ rest**2 / n - (counts @ rest / n) ** 2, 0)
    return value, Z * math.sqrt(variance / n) / answered


def mean_of(channel, counts, worth, least, most):
    """Mean of what answers are worth. No answer is worth nothing, and doesn't count. Where reports aren't of a wave, three more are
    added for the range, half of what is worth least and half of what is worth most."""
    gap = [0.0] if channel.hides_missing else []
    totals = channel.unbiased(np.concatenate([worth, gap]))
    answers = channel.unbiased(np.concatenate([np.ones(len(worth)), gap]))
    found = quotient(counts, totals, answers)
    if found is None:
        return None
    more = np.zeros(len(counts))
    if not channel.is_wave:
        more[np.argmin(worth)] += 1.5
        more[np.argmax(worth)] += 1.5
    centre, margin = quotient(counts + more, totals, answers)
    return cut(found[0], centre - margin, centre + margin, least, most)


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
        item["favourable"] = {"of": answered, **{name: share(line.thirds == side) for name, side in SIDES}}
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
    def share(chosen, lacking):
        """And its margin times √n."""
        # Nobody who has no answer has chosen anything.
        without = (lacking - q) / (p - q) if line.may_miss else 0.0
        rest = 1 - without
        if rest <= 0:
            return None
        share = (chosen - q) / (p - q) / rest
        # The variances of both reported bits, and their covariance, for the quotient of two means.
        covariance = -(chosen - q) * (lacking - q) if line.may_miss else 0.0
        spread = chosen * (1 - chosen) + share**2 * lacking * (1 - lacking) + 2 * share * covariance
        return share, Z * math.sqrt(max(spread, 0)) / ((p - q) * rest)

    shares = []
    for count in cells:
        found = share(count / asked, lacking)
        if found is None:
            continue
        # Three more reports of people who answered for the range, half of which have the option.
        more = asked + 3
        without = (missing + 3 * q) / more if line.may_miss else 0.0
        centre, margin = share((count + 1.5) / more, without)
        margin /= math.sqrt(more)
        shares.append(cut(found[0], centre - margin, centre + margin, 0, 1))
    return {**item, "distribution": shares}
