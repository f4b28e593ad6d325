//! Lets respondents answer at random until the end of their way, and checks what becomes of their answers.

use crate::figures::{self, Sum};
use puls_analysis::received::Received;
use puls_core::definition::{Definition, Mechanism};
use puls_core::path::{Path, Plan};
use puls_core::privacy::{
    Keep, Layout, Outcome, PrepareError, Prepared, Release, Report, Tally, TaskLayout, prepare,
};
use puls_core::read::Json;
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};

/// 2026-11-21.
const TODAY: i32 = 20_778;

/// Larger batches aren't filled.
const MOST_IN_BATCH: u32 = 5;

/// Lets as many respondents answer as a small batch needs, else one, and adds up what they release.
pub(super) fn check(definition: &Definition, seed: u64) {
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    let segment = segment(definition, &mut rng);
    let (mut keep, mut sum) = (Keep::default(), Sum::default());
    for _ in 0..respondents(definition) {
        let plan = Plan::draw(definition, &mut rng).unwrap();
        check_plan(definition, &plan);
        let response = answer(definition, &plan, &segment, &mut rng);
        let path = Path::of(definition, &plan, &segment, &response);
        match prepare(&path, keep.clone(), Wave::of(definition.wave, TODAY), &mut rng) {
            Ok(prepared) => {
                check_outcome(definition, &prepared, &mut sum);
                keep = read_back(definition, &prepared.keep);
            }
            Err(PrepareError::Unsealable(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    figures::check(definition, &sum);
}

fn respondents(definition: &Definition) -> u32 {
    match definition.privacy {
        Mechanism::Batched { k } if k <= MOST_IN_BATCH => k,
        _ => 1,
    }
}

/// Draws a value for some of the declared segments.
fn segment(definition: &Definition, rng: &mut ChaCha12Rng) -> Segment {
    let mut chosen = Vec::new();
    for (name, values) in &definition.segments {
        // One index too many, which stands for no value.
        if let Some(value) = values.get(below(values.len() + 1, rng)) {
            chosen.push((name.as_str(), value.as_str()));
        }
    }
    Segment::new(&definition.segments, chosen).unwrap()
}

fn check_plan(definition: &Definition, plan: &Plan) {
    let (items, all) = (plan.items(), definition.items.len());
    assert!(items.iter().all(|item| *item < all));
    assert!(items.iter().enumerate().all(|(index, item)| !items[..index].contains(item)), "asked twice");
    for (index, item) in definition.items.iter().enumerate() {
        let mut cells = plan.cells(definition, index);
        cells.sort_unstable();
        assert!(cells.into_iter().eq(0..item.kind.cells()), "not all cells of {}", item.id);
    }
}

/// Answers item by item. No answer may change its own item, or what comes before it.
fn answer(definition: &Definition, plan: &Plan, segment: &Segment, rng: &mut ChaCha12Rng) -> Response {
    let mut response = Response::new(definition);
    let mut done = Vec::new();
    loop {
        let path = Path::of(definition, plan, segment, &response);
        assert!(path.items().starts_with(&done), "an answer has changed what lies before it");
        check_path(definition, &path);
        let Some(&item) = path.items().get(done.len()) else {
            assert!(path.is_complete());
            return response;
        };
        done.push(item);
        let is_required = definition.items[item].required;
        for line in definition.lines(item) {
            if !is_required && below(2, rng) == 0 {
                continue;
            }
            let cells = definition.counted()[line.0].cells;
            response.tap(definition, line, Cell(below(cells, rng)));
            assert!(response.given(line).is_some(), "no way to answer item {item}");
        }
    }
}

fn check_path(definition: &Definition, path: &Path<'_>) {
    for item in path.items() {
        assert!(path.text(*item).is_some());
        assert!(path.next(*item).is_none_or(|next| path.previous(next) == Some(*item)));
    }
    assert!(path.routes().iter().all(|route| *route < definition.routing.routes.len()));
    for taken in [&[][..], path.routes()] {
        assert!(path.thanks(taken) < definition.thanks.len().max(1));
    }
}

fn check_outcome(definition: &Definition, prepared: &Prepared, sum: &mut Sum) {
    match &prepared.outcome {
        Outcome::Release(release) => sum.add(&received(definition, release), 1),
        Outcome::Apart(releases) => {
            assert_eq!(releases.len(), definition.counted().len());
            releases.iter().for_each(|release| sum.add(&received(definition, release), 1));
        }
        Outcome::Held { respondents, of } => assert!(*respondents < u64::from(*of)),
        Outcome::Sealed(reports) => check_reports(definition, reports),
    }
}

/// The release as the collector reads it. The collector has to take everything that the widget releases.
fn received(definition: &Definition, release: &Release) -> Received {
    let received = Received::parse(release.json(), |survey, version| {
        (survey == definition.id && version == definition.version).then_some(definition)
    });
    received.unwrap_or_else(|problems| panic!("{problems} in {}", release.json()))
}

/// Every line has a report of its task's length, and so have the joint lines together.
fn check_reports(definition: &Definition, reports: &[Report]) {
    let layouts = Layout::all(definition);
    assert_eq!(reports.len(), layouts.len());
    for (report, TaskLayout { layout, .. }) in reports.iter().zip(&layouts) {
        match report.tally() {
            Tally::One { cell, length } => assert!(cell < length && *length == layout.length()),
            Tally::Numbers { numbers, bits } => {
                assert_eq!((numbers.len(), Some(*bits)), (layout.length(), layout.bits()));
                assert!(numbers.iter().all(|number| u64::from(*number) >> bits == 0), "{numbers:?}");
            }
        }
    }
}

/// What a browser keeps as the next page view reads it; both have to be the same.
fn read_back(definition: &Definition, keep: &Keep) -> Keep {
    let json: Json = serde_json::from_str::<serde_json::Value>(&keep.to_string()).unwrap().into();
    let read = Keep::from_json(&json, definition);
    assert_eq!(read, *keep, "forgotten, or remembered otherwise");
    read
}

fn below(bound: usize, rng: &mut ChaCha12Rng) -> usize {
    usize::try_from(rng.next_u64() % bound.max(1) as u64).unwrap()
}
