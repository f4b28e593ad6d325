//! Makes batches of people whose answers the bytes decide. It runs the widget's code, since derived measures have to
//! agree with the answers, and a batch is full once k people have answered.

use arbitrary::{Result, Unstructured};
use puls_core::definition::Definition;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, prepare};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

/// 2026-11-21.
const TODAY: i32 = 20_778;

/// The text of a batch's release.
pub(super) fn text(definition: &Definition, input: &mut Unstructured<'_>) -> Result<String> {
    let mut rng = ChaCha12Rng::seed_from_u64(0);
    let (plan, segment) = (Plan::draw(definition, &mut rng).unwrap(), Segment::default());
    let mut keep = Keep::default();
    loop {
        let response = respond(definition, &plan, &segment, input)?;
        let path = Path::of(definition, &plan, &segment, &response);
        let prepared = prepare(&path, keep, Wave::of(definition.wave, TODAY), &mut rng).unwrap();
        if let Outcome::Release(release) = prepared.outcome {
            return Ok(release.json().to_owned());
        }
        keep = prepared.keep;
    }
}

/// One person's answers, along the way that they lead.
fn respond(
    definition: &Definition,
    plan: &Plan,
    segment: &Segment,
    input: &mut Unstructured<'_>,
) -> Result<Response> {
    let mut response = Response::new(definition);
    let mut next = Path::of(definition, plan, segment, &response).items().first().copied();
    while let Some(item) = next {
        for line in definition.lines(item) {
            if definition.items[item].required || input.arbitrary()? {
                let cells = definition.counted()[line.0].cells;
                response.tap(definition, line, Cell(input.choose_index(cells)?));
            }
        }
        next = Path::of(definition, plan, segment, &response).next(item);
    }
    Ok(response)
}
