//! Checks how any text is read as a release of some survey, and the figures of any counts that releases may have.

mod batch;
mod surveys;
mod written;

use crate::{Verdict, figures};
use arbitrary::Unstructured;
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::joint_sums::JointSums;
use puls_core::privacy::released_cells;

/// Input that is read as a text begins with this byte.
const TEXT: u8 = b'{';

/// A release that is refused is told why. Releases that are taken can be added up, and there are figures of every sum.
///
/// Hardly any random text has counts that add up. So input that doesn't begin with a brace isn't read as a text. It
/// decides the contents of valid releases instead, all of which have to be taken.
pub fn release(input: &[u8]) -> Verdict {
    if input.first() == Some(&TEXT) {
        return std::str::from_utf8(input).map_or(Verdict::Refused, text);
    }
    match written::sum(&mut Unstructured::new(input)) {
        Ok((definition, sum)) => {
            figures::check(definition, &sum);
            Verdict::Taken
        }
        // The input has too few bytes to decide everything.
        Err(_) => Verdict::Refused,
    }
}

fn text(text: &str) -> Verdict {
    let read = Received::parse(text, surveys::find);
    assert_eq!(read, Received::parse(text, surveys::find), "read again it is another one");
    match read {
        Ok(received) => {
            let definition = surveys::find(&received.survey, received.version).unwrap();
            check(definition, &received);
            let mut sum = figures::Sum::default();
            sum.add(&received, 1);
            figures::check(definition, &sum);
            Verdict::Taken
        }
        Err(problems) => {
            assert!(problems.iter().all(|problem| !problem.fault.to_string().is_empty()));
            assert!(problems.iter().count() > 0, "refused without a reason");
            Verdict::Refused
        }
    }
}

/// Every line of the release is one of the survey's, with the right number of cells.
fn check(definition: &Definition, received: &Received) {
    let lines = definition.counted();
    for (id, counts) in &received.items {
        let line = lines.iter().find(|line| line.id == id).unwrap();
        assert_eq!(counts.cells().len(), released_cells(definition, line), "{id} has other cells");
        assert!(counts.missing() <= received.respondents);
    }
    let size = |sums: &JointSums| sums.products().len();
    assert_eq!(received.joint.as_ref().map(size), JointSums::empty(definition).as_ref().map(size));
    assert_eq!(received.wave.period(), definition.wave);
    assert_eq!(received.mechanism.to_string(), definition.privacy.to_string());
}
