"""Works out each number of the API from the answers and reports in input.json, by the formulas of docs/privacy.md and the fields of
docs/wire-format.md, and writes them to expected.json. README.md says more."""

import json
from pathlib import Path

import numpy as np

from counted import exact_item, joint
from reports import line_epsilon, randomised_item
from survey import lines_of, person

FOLDER = Path(__file__).parent


def results(row, lines, groups, choice):
    survey, kind = row["definition"], row["definition"]["privacy"]["kind"]
    if kind == "randomised":
        epsilon = line_epsilon(survey, lines)
        respondents = sum(group["people"] for label, group in groups if choice <= set(label))
        items = [randomised_item(line, epsilon, groups, choice) for line in lines]
        mechanism = {"epsilon": survey["privacy"]["epsilon"], "item_epsilon": epsilon}
        return {"mechanism": mechanism, "respondents": respondents, "items": items}
    respondents = sum(len(people) for label, people in groups if choice <= set(label))
    items = [exact_item(row, line, lines, groups, choice) for line in lines]
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
