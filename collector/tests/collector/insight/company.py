"""Writes company.json: what the routes have to say of what company_input.json publishes. README.md says more."""

import csv
import json
from collections import defaultdict

import numpy as np

import formulas
import routes
from measures import Panel, Slice

HERE = formulas.HERE


class Organisation:
    """What is known of the units besides answers."""

    def __init__(self, units, facts, benchmarks):
        self.units = units["units"]
        self.renames = {rename["from"]: rename["to"] for rename in units.get("renamed", [])}
        self.facts, self.benchmarks = facts, benchmarks["benchmarks"]

    def present(self, unit):
        return self.renames.get(unit, unit)

    def parent(self, unit):
        return self.units.get(unit, {}).get("part_of")

    def below(self, unit):
        """The units that are part of a unit, and those that are part of these."""
        children = [one for one in self.units if self.parent(one) == unit]
        return children + [one for child in children for one in self.below(child)]

    def headcount(self, unit, wave):
        """The last one that is known. Headcounts here are of quarters."""
        known = {
            fact["wave"]: int(fact["value"]) for fact in self.facts
            if self.present(fact["unit"]) == unit and fact["measure"] == "headcount" and fact["wave"] <= wave
        }
        return known[max(known)] if known else None

    def outcomes(self):
        found = defaultdict(lambda: defaultdict(list))
        for fact in self.facts:
            if fact["measure"] != "headcount":
                found[fact["measure"]][self.present(fact["unit"])].append(float(fact["value"]))
        return dict(sorted(found.items()))


def read(name):
    return json.loads((HERE / name).read_text())


def plain(value):
    """Thirteen digits."""
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.13g}")
    return int(value) if isinstance(value, np.integer) else value


def write(name, answers):
    rows = [f"{json.dumps(path)}: {json.dumps(plain(answer), separators=(',', ':'))}" for path, answer in answers.items()]
    (HERE / name).write_text("{\n" + ",\n".join(rows) + "\n}\n")


def main():
    facts = list(csv.DictReader((HERE / "facts.csv").read_text().splitlines()))
    organisation = Organisation(read("units.json"), facts, read("benchmarks.json"))
    published = read("company_input.json")
    panels = {id: Panel(read(f"{id}.json"), published[id], organisation.present, "2026-Q4") for id in sorted(published)}
    staff, visit = panels["staff"], panels["visit"]
    answers = {}
    for id, panel in panels.items():
        names = ",".join(measure.name for measure in panel.measures)
        path = f"/v1/surveys/{id}"
        answers[f"{path}/trend?measure={names}"] = routes.trend(panel, panel.measures)
        for unit in ("kitchen", "laundry", "logistics", "spa", "office"):
            answers[f"{path}/trend?measure={names}&segment.unit={unit}"] = routes.trend(panel, panel.measures, {"unit": unit})
        for wave in (panel.waves[0], panel.waves[3], panel.waves[-1]):
            answers[f"{path}/teams?measure={names}&wave={wave}"] = routes.teams(panel, organisation, wave, panel.measures)
        leading = [measure for measure in panel.measures if measure.leads]
        answers[f"{path}/teams"] = routes.teams(panel, organisation, panel.waves[-1], leading)
    answers["/v1/surveys/staff/teams?by=role"] = routes.teams(
        staff, Organisation({"units": {}}, [], {"benchmarks": []}), staff.waves[-1], [m for m in staff.measures if m.leads], "role")
    answers["/v1/surveys/staff/drivers"] = routes.drivers_of_people(staff, staff.all_waves())
    answers["/v1/surveys/staff/drivers?outcome=proud"] = routes.drivers_of_people(staff, staff.all_waves(), "proud")
    answers["/v1/surveys/staff/drivers?wave=2025-Q4"] = routes.drivers_of_people(staff, staff.whole("2025-Q4"), wave="2025-Q4")
    groups = {group["value"]: Slice.of(staff.survey, group["results"]) for group in published["staff"]["all"]["groups"]}
    answers["/v1/surveys/staff/drivers?segment.unit=kitchen"] = routes.drivers_of_people(
        staff, groups["kitchen"], segment={"unit": "kitchen"})
    few = published["staff"]["waves"]["2026-Q2"]["unit"]["groups"]
    few = next(Slice.of(staff.survey, group["results"]) for group in few if group["value"] == "bakery")
    answers["/v1/surveys/staff/drivers?segment.unit=bakery&wave=2026-Q2"] = routes.drivers_of_people(
        staff, few, wave="2026-Q2", segment={"unit": "bakery"})
    by_name = {measure.name: measure for measure in [*staff.measures, *visit.measures]}
    answers["/v1/surveys/visit/drivers"] = routes.drivers_across(visit, by_name["recommend"])
    answers["/v1/surveys/visit/drivers?outcome=help:favourable"] = routes.drivers_across(visit, by_name["help:favourable"])
    answers["/v1/surveys/staff/drivers?outcome=energy"] = routes.drivers_across(staff, by_name["energy"])
    panels = list(panels.values())
    answers["/v1/links"] = routes.links(panels, organisation)
    answers["/v1/benchmarks"] = routes.benchmarks(panels, organisation)
    answers["/v1/overview"] = routes.overview(panels, organisation)
    write("company.json", answers)


if __name__ == "__main__":
    main()
