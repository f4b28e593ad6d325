"""The answers of the routes that say what figures mean, without words. Units are by their names, since their order hangs on what is drawn."""

import numpy as np

import formulas
from measures import figure_of, known, range_of, total, withheld
from ranges import wilson

PER_YEAR = {"quarter": 4, "month": 12, "week": 52}


def quarters(first, last):
    year, quarter = int(first[:4]), int(first[-1])
    waves = [first]
    while waves[-1] < last:
        year, quarter = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
        waves.append(f"{year}-Q{quarter}")
    return waves


def change(later, earlier):
    """What a figure is more than another one."""
    if "withheld" in later:
        return later
    if earlier is None or "withheld" in earlier:
        return withheld("no_earlier_wave")
    return known(formulas.difference(range_of(later), range_of(earlier)), later["n"])


def headcount(panel, organisation, unit, wave):
    """Customers have none."""
    return organisation.headcount(unit, wave) if panel.survey["audience"] == "employee" else None


def response_rate(respondents, headcount):
    if not headcount:
        return withheld("no_headcount")
    if headcount < respondents:
        return withheld("headcount_too_small", have=headcount, needs=respondents)
    return known(wilson(respondents, headcount), headcount)


# Trends.


def trend_of(panel, measure, waves, slices):
    figures = [panel.figure(measure, one) for one in slices]
    served = []
    for at, figure in enumerate(figures):
        before = [one for one in figures[:at] if "withheld" not in one]
        served.append({"figure": figure, "change": change(figure, before[-1] if before else None)})
    counted = lambda waves: sum(figures[at]["n"] for at in waves)
    marks = []
    for mark in formulas.marks([range_of(figure) for figure in figures], PER_YEAR[panel.survey["wave"]], measure.bounds):
        after = counted(mark["waves_after"])
        marks.append({
            "since": waves[mark["since"]], "noticed": waves[mark["noticed"]],
            "direction": "down" if mark["change"][0] < 0 else "up",
            "before": known(mark["before"], counted(mark["waves_before"])),
            "after": known(mark["after"], after), "change": known(mark["change"], after),
        })
    return {**measure.label(), "figures": served, "marks": marks}


def trend(panel, measures, segment=None):
    waves = quarters(panel.waves[0], panel.waves[-1])
    segment = segment or {}

    def of_wave(wave):
        if wave not in panel.waves:
            return None
        if not segment:
            return panel.whole(wave)
        [(name, value)] = segment.items()
        return panel.by(wave, name).get(panel.present(value) if name == "unit" else value)

    slices = [of_wave(wave) for wave in waves]
    label = lambda wave, one: {"wave": wave, "is_open": wave >= panel.today, "respondents": one.respondents if one else 0}
    return {
        "survey": panel.survey["id"], "segment": segment, "waves": [label(*pair) for pair in zip(waves, slices)],
        "measures": [trend_of(panel, measure, waves, slices) for measure in measures],
    }


# Teams.


def teams(panel, organisation, wave, measures, by="unit"):
    earlier = [other for other in panel.waves if other < wave][-1:]
    now, before = panel.by(wave, by), panel.by(earlier[0], by) if earlier else {}
    return {
        "survey": panel.survey["id"], "by": by, "segment": {}, "wave": wave,
        "measures": [teams_in(panel, organisation, wave, measure, now, before) for measure in measures],
    }


def teams_in(panel, organisation, wave, measure, now, before):
    whole = panel.figure(measure, panel.whole(wave))
    figures = {unit: panel.figure(measure, one) for unit, one in now.items()}
    told = [unit for unit in now if "withheld" not in figures[unit]]
    lack = withheld("too_few_units", have=len(told), needs=2)
    ranges = [range_of(figures[unit]) for unit in told]
    between, drawn, p_values = lack, {}, {}
    if len(told) > 1:
        between, units = formulas.shrunken(ranges, measure.bounds)
        between, drawn = known(between, len(told)), dict(zip(told, units))
        p_values = dict(zip(told, formulas.holm([formulas.p_of_difference(one, range_of(whole)) for one in ranges])))

    def team(unit, one):
        figure = figures[unit]
        missing = figure if "withheld" in figure else lack
        found = {
            "unit": unit, "respondents": one.respondents, "figure": figure,
            "response_rate": response_rate(one.respondents, headcount(panel, organisation, unit, wave)),
            "shrunken": missing, "from_whole": missing,
            "change": change(figure, panel.figure(measure, before.get(unit))),
        }
        if organisation.parent(unit):
            found["part_of"] = organisation.parent(unit)
        if unit in drawn:
            shrunken, lowest = drawn[unit]
            found["shrunken"] = known(shrunken, figure["n"])
            found["from_whole"] = known(formulas.difference(range_of(figure), range_of(whole)), figure["n"])
            found["p"] = p_values[unit]
            if lowest is not None:
                found["lowest_quarter"] = lowest
        return found

    def larger(unit):
        of = lambda slices: total(slices[member] for member in organisation.below(unit) if member in slices)
        figure = panel.figure(measure, of(now))
        return {
            "unit": unit, "respondents": of(now).respondents, "figure": figure,
            "change": change(figure, panel.figure(measure, of(before))),
        }

    found = {
        **measure.label(), "whole": whole, "between": between,
        "units": {unit: team(unit, one) for unit, one in now.items()},
    }
    above = sorted(unit for unit in organisation.units if any(one in now for one in organisation.below(unit)))
    return {**found, "larger": {unit: larger(unit) for unit in above}} if above else found


# Drivers.


def driver(panel, measure, one, importance, first):
    figure = panel.figure(measure, one)
    found = {**measure.label(), "importance": importance, "figure": figure}
    if first is not None:
        found["first"] = first
    if "withheld" not in importance and "withheld" not in figure:
        room = (measure.max - figure["value"]) / (measure.max - measure.min)
        found["gain"] = max(importance["value"], 0) * room
    return found


def drivers_answer(panel, wave, segment, outcome, evidence, explained, drivers):
    drivers.sort(key=lambda driver: -driver.get("gain", -np.inf))
    return {
        "survey": panel.survey["id"], "segment": segment, "wave": wave, "outcome": outcome.label(),
        "evidence": evidence, "explained": explained, "drivers": drivers,
    }


def drivers_of_people(panel, one, outcome=None, wave=None, segment=None):
    measure = lambda line: next(measure for measure in panel.measures if measure.line.id == line)
    lines, joint = panel.survey["joint"], one.joint
    at = lines.index(outcome or "recommend")
    n = joint["respondents"]
    explained, drivers = withheld("too_few_people", have=n, needs=25), []
    if n >= 25:
        correlations = [[cell["value"] for cell in row] for row in joint["correlations"]]
        r_squared, found = formulas.drivers_of_people(correlations, at, n)
        explained = known(r_squared, n)
        others = [line for line in lines if line != lines[at]]
        drivers = [driver(panel, measure(line), one, known(share, n), first) for line, (share, first) in zip(others, found)]
    return drivers_answer(panel, wave, segment or {}, measure(lines[at]), "people", explained, drivers)


def drivers_across(panel, outcome, wave=None):
    one = panel.whole(wave) if wave else panel.all_waves()
    units = panel.by(wave) if wave else panel.units_of_all_waves()
    firsts = {measure.line.id: measure for measure in reversed(panel.measures)}
    drivers = [measure for line, measure in reversed(firsts.items()) if line != outcome.line.id]

    def table(measures):
        rows = [[panel.figure(measure, unit) for measure in measures] for unit in units.values()]
        rows = [[range_of(figure) for figure in row] for row in rows if all("withheld" not in figure for figure in row)]
        values = np.array([[figure[0] for figure in row] for row in rows])
        return values, np.array([[formulas.error(figure) ** 2 for figure in row] for row in rows])

    values, errors = table([outcome, *drivers])
    if len(values) >= 5 * len(drivers):
        found = formulas.drivers_across(values, errors)
        found = [(known(share, len(values)), first) for share, first in found]
    else:
        found = [(importance_across(*table([measure, outcome])), None) for measure in drivers]
    found = [driver(panel, measure, one, *pair) for measure, pair in zip(drivers, found)]
    return drivers_answer(panel, wave, {}, outcome, "units", withheld("of_people_only"), found)


def importance_across(values, errors):
    n = len(values)
    if n < 8:
        return withheld("too_few_units", have=n, needs=8)
    found = formulas.correlation_across(values, errors)
    return withheld("too_alike") if found is None else known(found, n)


# Links.


def links(panels, organisation):
    def sides(audience=None):
        for panel in panels:
            if audience in (None, panel.survey["audience"]):
                measure = next(measure for measure in panel.measures if measure.leads)
                figures = {unit: panel.figure(measure, one) for unit, one in panel.units_of_all_waves().items()}
                yield {"survey": panel.survey["id"], "measure": measure.label()}, figures

    outcomes = [
        ({"outcome": name}, {unit: known([np.mean(values)] * 3, len(values)) for unit, values in units.items()})
        for name, units in organisation.outcomes().items()
    ]
    pairs = [(one, other) for one in sides("employee") for other in sides("customer")]
    return {"by": "unit", "links": linked(pairs), "outcomes": linked([(one, other) for one in sides() for other in outcomes])}


def linked(pairs):
    found = [link(*pair) for pair in pairs]
    told = [(one, test) for one, test in found if test is not None]
    order = formulas.holm([p for _, (p, _) in told])
    for (one, (p, far)), adjusted in zip(told, order):
        # A drawn p is multiplied by no more than the number of pairs.
        one["p"] = formulas.within(adjusted, max(far * adjusted / p, 1e-9))
    return [one for one, _ in found]


def link(one, other):
    (side, figures), (other_side, other_figures) = one, other
    names = sorted({*figures, *other_figures})
    of = lambda figures, unit: figures.get(unit, withheld("no_answers"))
    units = {unit: {"unit": unit, "one": of(figures, unit), "other": of(other_figures, unit)} for unit in names}
    both = [
        (unit["one"]["value"], unit["other"]["value"]) for unit in units.values()
        if "withheld" not in unit["one"] and "withheld" not in unit["other"]
    ]
    n = len(both)
    found = {"one": side, "other": other_side, "units": units}
    tested = formulas.spearman(*np.array(both).T) if n >= 4 else None
    if tested is None:
        lack = withheld("too_few_units", have=n, needs=4) if n < 4 else withheld("too_alike")
        return {**found, "rho": lack}, None
    rho, p, far = tested
    return {**found, "rho": known(rho, n), "power": formulas.power(n)}, (p, far)


# Benchmarks.


def benchmarks(panels, organisation):
    return {"surveys": [benchmarks_of(panel, organisation) for panel in panels]}


def benchmarks_of(panel, organisation):
    wave, earlier = panel.waves[-1], panel.waves[:-1]
    now, before = panel.by(wave), [panel.by(other) for other in earlier]
    wholes = [panel.whole(other) for other in earlier]

    def in_measure(measure):
        figures = {unit: panel.figure(measure, one) for unit, one in now.items()}
        values = [figure["value"] for figure in figures.values() if "withheld" not in figure]

        def among(figure, others):
            return known(formulas.percentile_among(range_of(figure), others), len(others))

        def place(figure, earlier):
            earlier = [panel.figure(measure, one) for one in earlier]
            earlier = [one["value"] for one in earlier if "withheld" not in one]
            named = "favourable" if measure.kind == "favourable" else "score"
            kept = [
                benchmark for benchmark in organisation.benchmarks
                if (benchmark["survey"], benchmark["line"], benchmark["measure"]) == (panel.survey["id"], measure.line.id, named)
            ]
            percentile = lambda of: figure if "withheld" in figure else known(
                formulas.percentile_between(range_of(figure), of["quantiles"], of["n"]), of["n"])
            found = {"figure": figure, "among_waves": figure}
            if "withheld" not in figure:
                found["among_waves"] = among(figure, earlier) if earlier else withheld("no_earlier_wave")
            references = [{"id": of["id"], "percentile": percentile(of)} for of in kept]
            return {**found, "references": references} if references else found

        units = {
            unit: {
                "unit": unit, "among_units": figure if "withheld" in figure else among(figure, values),
                **place(figure, [slices.get(unit) for slices in before]),
            }
            for unit, figure in figures.items()
        }
        whole = place(panel.figure(measure, panel.whole(wave)), wholes)
        return {**measure.label(), "whole": whole, "units": units}

    return {
        "survey": panel.survey["id"], "wave": wave,
        "measures": [in_measure(measure) for measure in panel.measures if measure.leads],
    }


# The overview.


def overview(panels, organisation):
    headlines, engagement, help_first = [], [], []
    for panel in panels:
        leading = [measure for measure in panel.measures if measure.leads][:3]
        found, wave = trend(panel, leading), panel.waves[-1]
        waves = [one["wave"] for one in found["waves"]]
        at = waves.index(wave)
        measures = []
        for measure, one in zip(leading, found["measures"]):
            mark = {"mark": one["marks"][-1]} if one["marks"] else {}
            measures.append({**measure.label(), **one["figures"][at], **mark})
        units = {panel.present(unit) for unit in panel.survey["segments"]["unit"]}
        counts = [headcount(panel, organisation, unit, wave) for unit in units]
        respondents = found["waves"][at]["respondents"]
        headlines.append({
            "survey": panel.survey["id"], "wave": found["waves"][at], "sample": 0,
            "response_rate": response_rate(respondents, None if None in counts else sum(counts)),
            "measures": measures,
        })
        engagement += engaged(panel, wave)
        first = teams(panel, organisation, wave, leading[:1])["measures"][0]["units"]
        for team in first.values():
            if "lowest_quarter" in team and team["lowest_quarter"]["about"] >= 0.5:
                help_first.append({"survey": panel.survey["id"], "measure": leading[0].label(), **team})
    help_first.sort(key=lambda help: -help["lowest_quarter"]["about"])
    help_first = {f"{help['survey']} {help['unit']}": help for help in help_first[:3]}
    return {"surveys": headlines, "engagement": engagement, "help_first": help_first}


def engaged(panel, wave):
    by_name = {measure.name: measure for measure in panel.measures}
    if "class" not in by_name:
        return []

    def group(one, **role):
        of = lambda name: panel.figure(by_name[name], one)
        return {**role, "energy": of("energy"), "clarity": of("clarity"), "engaged": of("class")}

    groups = [group(panel.whole(wave)), *(group(one, role=role) for role, one in panel.by(wave, "role").items())]
    references = [{"of": "employees", "engaged": 0.3}, {"of": "managers", "engaged": 0.43}]
    return [{"survey": panel.survey["id"], "wave": wave, "groups": groups, "references": references}]
