//! Any text, read as a release of some survey, and any counts that a release may have.

mod batch;
mod surveys;
mod written;

use crate::{Verdict, figures};
use arbitrary::Unstructured;
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::joint_sums::JointSums;
use puls_core::privacy::released_cells;

/// What is read as text begins like this.
const TEXT: u8 = b'{';

/// What is refused is told why. What is taken can be added up, and whatever it adds up to there are figures of it.
///
/// Few texts that chance makes up have counts that add up. So what doesn't begin with a brace isn't read as a text:
/// it decides on releases that are in order, all of which have to be taken.
pub fn release(input: &[u8]) -> Verdict {
    if input.first() == Some(&TEXT) {
        return std::str::from_utf8(input).map_or(Verdict::Refused, text);
    }
    match written::sum(&mut Unstructured::new(input)) {
        Ok((definition, sum)) => {
            figures::check(definition, &sum);
            Verdict::Taken
        }
        // There were too few bytes to decide on anything.
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

/// Every line that was taken is one of the survey's, with the cells that it has there.
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
