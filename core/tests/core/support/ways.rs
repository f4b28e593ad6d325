//! Somebody who taps their way through a survey by chance.

use puls_core::definition::Definition;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Prepared, prepare};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_core::CryptoRng;

/// What comes of one person's way through a survey: it ends, and nothing is asked twice.
pub(crate) fn walked<R: CryptoRng>(definition: &Definition, keep: Keep, rng: &mut R) -> Prepared {
    let plan = Plan::draw(definition, rng).unwrap();
    let (segment, mut response) = (Segment::default(), Response::new(definition));
    let mut steps = 0;
    let mut next = Path::of(definition, &plan, &segment, &response).items().first().copied();
    while let Some(item) = next {
        steps += 1;
        assert!(steps <= definition.items.len());
        for line in definition.lines(item) {
            let cells = definition.counted()[line.0].cells as u64;
            if definition.items[item].required || rng.next_u64().is_multiple_of(2) {
                response.tap(definition, line, Cell(usize::try_from(rng.next_u64() % cells).unwrap()));
            }
        }
        let path = Path::of(definition, &plan, &segment, &response);
        assert!(path.is_settled(item) && path.text(item).is_some());
        next = path.next(item);
    }
    let path = Path::of(definition, &plan, &segment, &response);
    assert!(path.is_complete());
    prepare(&path, keep, Wave::of(definition.wave, 20_000), rng).unwrap()
}
