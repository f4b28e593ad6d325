"""Writes attitude.json: what the routes have to say of R's `attitude`, from the percentages as they were published. README.md says more."""

import numpy as np

import formulas
import routes
from company import Organisation, write
from dominance import ATTITUDE, NAMES
from measures import Counts, Panel, Slice, measures_of, total

WAVE = "2026-11"


def counts(per_cent):
    """How many of a hundred people gave each answer: two in three of the favourable ones agree, and the others are spread evenly."""
    people = np.arange(100)
    cells = np.where(people < per_cent, 3 + (people % 3 == 2), people % 3)
    return Counts(np.bincount(cells, minlength=5).astype(float))


class Attitude(Panel):
    def __init__(self, id, audience, names):
        agreement = [{"id": name, "kind": "agreement", "scale": {"points": 5}} for name in names]
        self.survey = {"id": id, "audience": audience, "items": agreement, "privacy": {"kind": "batched", "k": 25}, "wave": "month"}
        self.measures, self.waves = measures_of(self.survey), [WAVE]
        columns = [NAMES.index(name) for name in names]
        self.units = {
            f"d{number:02}": Slice(100, {name: counts(row[column]) for name, column in zip(names, columns)})
            for number, row in enumerate(ATTITUDE)
        }

    def whole(self, wave):
        return total(self.units.values())

    all_waves = lambda self: self.whole(WAVE)
    by = lambda self, wave, segment="unit": self.units
    units_of_all_waves = lambda self: self.units


def main():
    nobody = Organisation({"units": {}}, [], {"benchmarks": []})
    attitude = Attitude("attitude", "employee", NAMES)
    panels = [attitude, Attitude("complaints", "customer", ["complaints"]), Attitude("critical", "customer", ["critical"])]
    by_name = {measure.name: measure for measure in attitude.measures}
    answers, path = {}, "/v1/surveys/attitude"
    answers[f"{path}/drivers"] = routes.drivers_across(attitude, by_name["rating:favourable"])
    answers[f"{path}/drivers?outcome=rating"] = routes.drivers_across(attitude, by_name["rating"])
    answers[f"{path}/drivers?outcome=advance:favourable&wave={WAVE}"] = routes.drivers_across(
        attitude, by_name["advance:favourable"], WAVE)
    names = ["rating", "rating:favourable", "critical:favourable", "advance"]
    answers[f"{path}/teams?measure={','.join(names)}"] = routes.teams(attitude, nobody, WAVE, [
        measure for measure in attitude.measures if measure.name in names])
    answers["/v1/links"] = routes.links(panels, nobody)
    answers["/v1/benchmarks"] = routes.benchmarks(panels, nobody)
    write("attitude.json", answers)


if __name__ == "__main__":
    main()
