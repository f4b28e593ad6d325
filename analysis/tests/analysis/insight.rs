//! What figures mean: whatever the data are, each question has an answer or a sentence on what is missing, and no answer
//! tells more than what is published.

mod attacker;

use crate::support::{counts, read};
use puls_analysis::disclosure::{Holding, Holdings, LineTotals, SurveyDisclosure};
use puls_analysis::insight::{Comparisons, Drivers, Figure, Links, Measure, Overview, Panel, Teams, Trend};
use puls_analysis::organisation::{Benchmarks, Facts, Organisation, Units};
use puls_core::definition::Definition;
use puls_core::wave::Day;
use puls_documents::{Document, direct, net_promoter, randomised, rating, survey};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many detractors, passives and promoters there are in a wave and unit.
type Answers<'a> = (&'a str, &'a str, [u64; 3]);

const UNITS: [&str; 6] = ["a", "b", "c", "d", "e", "old"];

fn definition(mechanism: Value) -> Definition {
    read(&document(mechanism))
}

fn document(mechanism: Value) -> Document {
    survey("s")
        .item(net_promoter("recommend"))
        .item(rating("ease", 5))
        .with("segments", json!({"unit": UNITS, "role": ["employee", "manager"]}))
        .with("audience", "employee")
        .privacy(mechanism)
        .with("wave", "quarter")
}

/// What a store holds. Ease is answered with the lowest, the middle and the highest point.
fn held(definition: &Definition, answers: &[Answers<'_>]) -> Holdings {
    let holding = |&(wave, unit, [low, middle, high]): &Answers<'_>| {
        let respondents = low + middle + high;
        let line = |cells: usize| {
            let mut spread = vec![0; cells];
            let places = if cells == 11 { [0, 7, 10] } else { [0, cells / 2, cells - 1] };
            places.into_iter().zip([low, middle, high]).for_each(|(place, count)| spread[place] = count);
            LineTotals { respondents, counts: counts(&spread, 0) }
        };
        let released = |id: &str, cells: usize| match (&definition.tiers(), id) {
            // Randomised, a net promoter item is reported in its classes.
            (None, "recommend") => line(3),
            _ => line(cells),
        };
        let lines = definition.counted();
        Holding {
            version: definition.version,
            wave: wave.into(),
            segment: [("unit".to_owned(), unit.to_owned())].into_iter().collect(),
            respondents,
            lines: lines.iter().map(|line| (line.id.to_owned(), released(line.id, line.cells))).collect(),
            ..Holding::default()
        }
    };
    let waves: BTreeSet<String> = answers.iter().map(|(wave, ..)| (*wave).to_owned()).collect();
    let received = answers.iter().map(holding).collect();
    Holdings { received, waves: waves.into_iter().collect(), ..Holdings::default() }
}

fn rng() -> ChaCha12Rng {
    ChaCha12Rng::seed_from_u64(0)
}

fn today() -> Day {
    Day::parse("2026-12-20").unwrap()
}

/// What a store holds once all that may be published is.
fn settled(definition: &Definition, mut holdings: Holdings) -> Holdings {
    let versions = BTreeMap::from([(definition.version, definition)]);
    holdings.published = SurveyDisclosure::new(definition, &versions, holdings.clone()).settle(today());
    holdings
}

fn panel<'a>(definition: &'a Definition, organisation: &'a Organisation, holdings: Holdings) -> Panel<'a> {
    let versions = BTreeMap::from([(definition.version, definition)]);
    let disclosure = SurveyDisclosure::new(definition, &versions, holdings);
    Panel::new(definition, disclosure, organisation, "en", today())
}

/// Every answer that there is about these people.
fn every_answer(panel: &Panel<'_>) -> Vec<Value> {
    let role = BTreeMap::from([("role".to_owned(), "manager".to_owned())]);
    let panels = std::slice::from_ref(panel);
    let mut answers = vec![
        json!(Overview::of(panels, "unit")),
        json!(Links::of(panels, "unit", &mut rng())),
        json!(Comparisons::of(panels, "unit")),
    ];
    for segment in [BTreeMap::new(), role] {
        answers.push(json!(Trend::of(panel, |_| true, segment.clone())));
        for by in ["unit", "role", "unit,role"] {
            answers.push(json!(Teams::of(panel, None, by, |_| true, segment.clone())));
        }
        for (outcome, wave) in [(None, None), (Some("ease:favourable"), None), (None, panel.latest())] {
            answers.push(json!(Drivers::of(panel, outcome, wave, "unit", segment.clone(), &mut rng())));
        }
    }
    answers
}

/// What a store hands out of some lines.
fn only(mut holdings: Holdings, lines: &BTreeSet<String>) -> Holdings {
    holdings.received.iter_mut().for_each(|holding| holding.lines.retain(|line, _| lines.contains(line)));
    holdings.published.lines.retain(|(line, _)| lines.contains(line));
    Holdings { lines: Some(lines.clone()), ..holdings }
}

#[test]
fn the_lines_that_an_answer_is_made_of_are_enough_for_it() {
    let pulse = Definition::parse(include_str!("../../../surveys/engagement-pulse.json")).unwrap();
    let organisation = Organisation::default();
    for (definition, waves) in
        [(definition(direct()), ["2026-Q3", "2026-Q4"]), (pulse, ["2026-W46", "2026-W47"])]
    {
        let [earlier, later] = waves;
        let answers = [
            (earlier, "a", [9, 0, 60]),
            (later, "a", [60, 0, 9]),
            (later, "b", [9, 9, 60]),
            (later, "c", [9, 9, 9]),
        ];
        let holdings = settled(&definition, held(&definition, &answers));
        let all = [panel(&definition, &organisation, holdings.clone())];
        let of = |lines: &BTreeSet<String>| {
            assert!(lines.len() < definition.counted().len(), "{lines:?}");
            [panel(&definition, &organisation, only(holdings.clone(), lines))]
        };
        let overview = Overview::of(&all, "unit");
        assert!(overview.surveys[0].measures[0].figure.known().is_some(), "{overview:?}");
        assert_eq!(Overview::of(&of(&Overview::lines(&definition)), "unit"), overview);
        let links = of(&Links::lines(&definition));
        assert_eq!(Links::of(&links, "unit", &mut rng()), Links::of(&all, "unit", &mut rng()));
        let leading = of(&Measure::lines(&definition, |measure| measure.is_leading));
        assert_eq!(Comparisons::of(&leading, "unit"), Comparisons::of(&all, "unit"));
        let trend =
            |[panel]: &[Panel<'_>; 1]| Trend::of(panel, |measure| measure.is_leading, BTreeMap::new());
        assert_eq!(trend(&leading), trend(&all));
    }
}

/// All objects in a document.
fn objects(document: &Value) -> Vec<&serde_json::Map<String, Value>> {
    match document {
        Value::Object(fields) => std::iter::once(fields).chain(fields.values().flat_map(objects)).collect(),
        Value::Array(entries) => entries.iter().flat_map(objects).collect(),
        _ => Vec::new(),
    }
}

/// Units without people, and outcomes as large as numbers are.
fn told_of_nobody() -> Organisation {
    let facts = |unit: &str| {
        let outcome = format!("{unit},2026-Q3,margin,1.7e308\n{unit},2026-Q4,margin,1.7e308\n");
        format!("{unit},2026-Q1,headcount,0\n{outcome}")
    };
    let facts = Facts::parse(format!("unit,wave,measure,value\n{}", UNITS.map(facts).concat()).as_bytes());
    Organisation::new(Units::default(), &facts.unwrap(), Benchmarks::default())
}

#[test]
fn whatever_the_data_are_each_figure_is_there_or_says_what_is_missing() {
    let most = [1 << 54; 3];
    let cases: [&[Answers<'_>]; 10] = [
        &[],
        &[("2026-Q4", "a", [0, 0, 1])],
        &[("2026-Q4", "a", [40, 0, 0]), ("2026-Q4", "b", [40, 0, 0])],
        &[("2026-Q4", "a", [0, 0, 60]), ("2026-Q4", "b", [0, 0, 60]), ("2026-Q3", "b", [0, 0, 60])],
        &[("2026-Q4", "a", [0, 70, 0])],
        &[("2026-Q4", "a", [1, 0, 0]), ("2026-Q4", "b", [1, 0, 0]), ("2026-Q3", "a", [1, 1, 0])],
        &[("2024-Q1", "a", [9, 9, 90]), ("2026-Q4", "a", [90, 9, 9])],
        &[("2026-Q3", "a", [200, 0, 0]), ("2026-Q4", "a", [0, 0, 0]), ("2026-Q4", "b", [0, 0, 6])],
        &[("2026-Q4", "a", [0, 0, 50]), ("2026-Q4", "b", [50, 0, 0]), ("2026-Q4", "c", [1, 0, 0])],
        &[("2026-Q3", "a", most), ("2026-Q4", "a", most), ("2026-Q4", "b", most), ("2026-Q4", "c", most)],
    ];
    let organisation = told_of_nobody();
    for mechanism in [direct(), randomised(2.0)] {
        let definition = definition(mechanism);
        for answers in cases {
            let panel = panel(&definition, &organisation, settled(&definition, held(&definition, answers)));
            for answer in every_answer(&panel) {
                let objects = objects(&answer);
                for fields in &objects {
                    let nulls: Vec<&String> =
                        fields.iter().filter(|(_, value)| value.is_null()).map(|(name, _)| name).collect();
                    let of_all_waves =
                        nulls == ["wave"] && (answers.is_empty() || fields.contains_key("evidence"));
                    assert!(nulls.is_empty() || of_all_waves, "{answers:?}: {fields:?}");
                    if let Some(value) = fields.get("value") {
                        let [low, value, high] =
                            [&fields["low"], value, &fields["high"]].map(|bound| bound.as_f64().unwrap());
                        assert!(low <= value && value <= high, "{answers:?}: {fields:?}");
                    }
                    if fields.contains_key("withheld") {
                        let why = fields["why"].as_str().unwrap();
                        assert!(why.ends_with('.'), "{answers:?}: {why:?}");
                    }
                }
            }
        }
    }
}

/// Two companies whose published blocks are the same, and whose pending answers are as many as each other but not the
/// same, can't be told apart.
#[test]
fn no_answer_depends_on_what_is_pending() {
    let definition = definition(direct());
    let organisation = Organisation::default();
    let mut rng = ChaCha12Rng::seed_from_u64(13);
    let mut differ = 0;
    for _ in 0..60 {
        let mut below = |bound: u32| u64::from(rng.next_u32() % bound);
        let answers: Vec<Answers<'_>> = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
            .into_iter()
            .flat_map(|wave| UNITS.map(|unit| (wave, unit)))
            .map(|(wave, unit)| (wave, unit, [below(9), below(3), below(30)]))
            .collect();
        let holdings = settled(&definition, held(&definition, &answers));
        let more: Vec<_> = answers.iter().map(|(wave, unit, _)| (*wave, *unit, below(4))).collect();
        let with = |late: [u64; 3]| {
            let mut holdings = holdings.clone();
            let more = more.iter().map(|(wave, unit, count)| (*wave, *unit, late.map(|one| one * count)));
            holdings.received.extend(held(&definition, &more.collect::<Vec<_>>()).received);
            holdings
        };
        let [satisfied, unsatisfied] = [with([0, 0, 1]), with([1, 0, 0])];
        differ += usize::from(satisfied != unsatisfied);
        let [satisfied, unsatisfied] = [satisfied, unsatisfied]
            .map(|holdings| every_answer(&panel(&definition, &organisation, holdings)));
        assert_eq!(satisfied, unsatisfied, "{answers:?}");
    }
    assert!(differ > 50, "they do differ in what is pending");
}

/// A figure in thousandths.
fn score(figure: &Figure) -> i64 {
    (figure.known().unwrap_or_else(|| panic!("{figure:?}")).value * 1_000.0).round() as i64
}

#[test]
fn a_dip_and_its_recovery_are_marked_and_chance_is_not() {
    let definition = definition(direct());
    let organisation = Organisation::default();
    let steady = [300, 200, 500];
    let waves = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"];
    let with = |dip: [u64; 3]| -> Vec<Answers<'_>> {
        let answers = |wave: &&'static str| {
            (
                *wave,
                "a",
                if wave.starts_with("2025-Q3") || wave.starts_with("2025-Q4") { dip } else { steady },
            )
        };
        waves.iter().map(answers).collect()
    };
    let trend = |dip| {
        let panel = panel(&definition, &organisation, settled(&definition, held(&definition, &with(dip))));
        Trend::of(&panel, |measure| measure.is_leading, BTreeMap::new()).measures.remove(0)
    };
    let found = trend([400, 200, 400]);
    let marks: Vec<(&str, &str)> = found
        .marks
        .iter()
        .map(|mark| (mark.since.as_str(), if score(&mark.change) < 0 { "down" } else { "up" }))
        .collect();
    assert_eq!(marks, [("2025-Q3", "down"), ("2026-Q1", "up")]);
    assert_eq!(found.says, "It has gone up since 2026-Q1, by more than chance explains.");
    assert_eq!(score(&found.figures[3].figure), 0);
    assert_eq!(score(&found.figures[3].change), -20_000);
    assert!(trend([310, 200, 490]).marks.is_empty());
}

/// A wave without an answer is bridged, and one whose version asked otherwise has no figure for what it asked.
#[test]
fn a_trend_goes_on_over_missing_waves_and_changed_versions() {
    let before = read(
        &document(direct())
            .with("items", json!([net_promoter("recommend"), rating("ease", 7)].map(Value::from))),
    );
    let now = read(&document(direct()).with("version", 2));
    let versions = BTreeMap::from([(1, &before), (2, &now)]);
    let mut holdings = held(&before, &[("2025-Q4", "a", [10, 20, 30])]);
    holdings
        .received
        .extend(held(&now, &[("2026-Q2", "a", [30, 20, 10]), ("2026-Q3", "a", [30, 20, 10])]).received);
    holdings.waves = ["2025-Q4", "2026-Q2", "2026-Q3"].map(str::to_owned).to_vec();
    holdings.published = SurveyDisclosure::new(&now, &versions, holdings.clone()).settle(today());
    let organisation = Organisation::default();
    let panel =
        Panel::new(&now, SurveyDisclosure::new(&now, &versions, holdings), &organisation, "en", today());
    let trend = Trend::of(&panel, |_| true, BTreeMap::new());
    let waves: Vec<&str> = trend.waves.iter().map(|wave| wave.wave.as_str()).collect();
    assert_eq!(waves, ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]);
    let figures = |measure: &str| {
        let of = trend.measures.iter().find(|of| of.measure.measure == measure).unwrap();
        of.figures.iter().map(|figure| figure.figure.known().is_some()).collect::<Vec<_>>()
    };
    assert_eq!(figures("recommend"), [true, false, true, true]);
    assert_eq!(figures("ease"), [false, false, true, true], "it had seven points before");
    let recommend = &trend.measures[0].figures;
    assert_eq!(recommend[2].change.known().unwrap().n, 60, "beside the last wave that has a figure");
}

#[test]
fn a_small_team_is_not_first_by_luck_alone() {
    let definition = definition(direct());
    let organisation = Organisation::default();
    let answers = [
        ("2026-Q4", "a", [90, 60, 50]),
        ("2026-Q4", "b", [60, 70, 70]),
        ("2026-Q4", "c", [50, 80, 70]),
        ("2026-Q4", "d", [45, 80, 75]),
        ("2026-Q4", "e", [3, 2, 1]),
    ];
    let panel = panel(&definition, &organisation, settled(&definition, held(&definition, &answers)));
    let teams = Teams::of(&panel, None, "unit", |measure| measure.is_leading, BTreeMap::new());
    let units = &teams.measures[0].units;
    assert_eq!(units[0].unit, "a", "{units:?}");
    let small = units.iter().find(|team| team.unit == "e").unwrap();
    assert!(
        score(&small.figure) < score(&units[0].figure) && score(&small.shrunken) > score(&units[0].shrunken)
    );
    let large = units.iter().find(|team| team.unit == "a").unwrap();
    assert!((score(&large.shrunken) - score(&large.figure)).abs() < 3_000, "{large:?}");
    assert!(large.p.unwrap() < 0.05);
}

#[test]
fn answers_count_under_the_units_present_name_and_its_headcount() {
    let definition = definition(direct());
    let units = r#"{"units": {"a": {"part_of": "north"}, "b": {"part_of": "north"}, "north": {}},
                    "renamed": [{"from": "old", "to": "a", "since": "2026-Q4"}]}"#;
    let facts = b"unit,wave,measure,value\na,2026-Q1,headcount,120\nb,2026-Q1,headcount,10\n";
    let organisation =
        Organisation::new(Units::parse(units).unwrap(), &Facts::parse(facts).unwrap(), Benchmarks::default());
    let answers = [
        ("2026-Q3", "old", [0, 0, 60]),
        ("2026-Q3", "b", [0, 60, 0]),
        ("2026-Q4", "a", [30, 0, 30]),
        ("2026-Q4", "b", [60, 0, 0]),
    ];
    let panel = panel(&definition, &organisation, settled(&definition, held(&definition, &answers)));
    let teams =
        Teams::of(&panel, None, "unit", |measure| measure.is_leading, BTreeMap::new()).measures.remove(0);
    let team = |name: &str| teams.units.iter().find(|team| team.unit == name).unwrap();
    assert_eq!(score(&team("a").change), -100_000, "from what it was under its earlier name");
    assert_eq!(team("a").part_of.as_deref(), Some("north"));
    assert_eq!(score(&team("a").response_rate), 500);
    let Figure::Withheld(gap) = &team("b").response_rate else { panic!() };
    assert_eq!((gap.withheld, gap.have, gap.needs), ("headcount_too_small", Some(10), Some(60)));
    let [north] = &teams.larger[..] else { panic!("{:?}", teams.larger) };
    assert_eq!((north.respondents, score(&north.figure)), (120, -50_000));
}
