"""What readers are told: which groups, from how many answers on, and why nothing is told of the others."""

TIERS = {"score": 3, "favourable": 5, "points": 10, "themes": 20, "whole": 50, "group": 5}


def only(label, names):
    """The same group without its other segments."""
    return tuple(pair for pair in label if pair[0] in names)


def told(waiting, fewest, names, is_over, whole, received):
    """Which groups are told when they are first looked at, and as what: [(label, members)]. `waiting` has (label, people, answered)."""
    rest, done = list(waiting), []
    for depth in range(len(names), -1, -1):
        first = names[:depth]
        if depth > 0 and received < whole:
            # One group's block alone would be all that is new in the whole.
            due = [label for label, _, answered in rest if answered >= fewest]
            if is_over or not (len(due) > 1 or () in due):
                continue
        for label in sorted({only(group[0], first) for group in rest}):
            alike = [group for group in rest if only(group[0], first) == label]
            needs = fewest
            if depth < len(names):
                needs = max(fewest, 5) if is_over else max(fewest, 5, whole)
            if sum(group[2] for group in alike) >= needs:
                done.append((label, [one for group in alike for one in group[1]], sum(group[2] for group in alike)))
                rest = [group for group in rest if only(group[0], first) != label]
    return done


class Blocks:
    """What is told of a line, in each detail in turn. `groups` are those that everything came in: (label, people)."""

    def __init__(self, row, groups, steps, has_answer):
        survey = row["definition"]
        tiers = {**TIERS, **survey.get("withhold", {})}
        names = list(survey.get("segments", {}))
        self.whole, self.steps = tiers["whole"], {}
        waiting = [(label, people, sum(map(has_answer, people))) for label, people in groups if people]
        received = sum(answered for _, _, answered in waiting)
        for detail, tier in steps:
            fewest = max(tiers[tier], tiers["group"]) if names else tiers[tier]
            if detail == "joint":
                fewest = max(fewest, 10)
            waiting = told(waiting, fewest, names, row["wave_is_over"], self.whole, received)
            self.steps[detail] = (fewest, waiting)
        self.least = steps[0][0]

    @property
    def in_all(self):
        _, least = self.steps[self.least]
        return sum(answered for _, _, answered in least)

    def by_label(self, detail):
        """How many people, and how many answers, are told as each group's."""
        groups = {}
        for label, people, answered in self.steps[detail][1]:
            before = groups.get(label, (0, 0))
            groups[label] = (before[0] + len(people), before[1] + answered)
        return groups

    def beside(self, parts):
        """Tells of an index only what leaves nobody, or a block, when it is taken from what its items tell."""
        is_beside = True
        for detail, (fewest, _) in list(self.steps.items()):
            for part in parts:
                others = part.by_label(detail)
                for label, (people, answered) in self.by_label(detail).items():
                    left = others[label][1] - answered if label in others else 0
                    is_beside &= label in others and others[label][0] == people and (left == 0 or left >= fewest)
            if not is_beside:
                self.steps[detail] = (fewest, [])

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
