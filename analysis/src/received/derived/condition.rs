use super::{Disagreement, Lines};
use puls_core::definition::Condition;
use puls_core::summary::Counts;

/// Of how many people a condition may hold.
struct Bounds {
    least: u64,
    most: u64,
}

/// Holds a share against the condition that it counts.
pub(super) fn disagreement(lines: Lines<'_>, own: &Counts, when: &Condition) -> Option<Disagreement> {
    let [no, yes] = own.cells()[..] else { return None };
    let Bounds { least, most } = bounds(lines, when);
    // Of whoever wasn't asked what it takes, nobody knows whether it holds.
    let fits = yes <= most && no <= lines.respondents - least;
    (!fits).then_some(Disagreement::Values)
}

fn bounds(lines: Lines<'_>, when: &Condition) -> Bounds {
    let all = lines.respondents;
    match when {
        Condition::Within { line, cells } => {
            let counts = lines.of(*line).map_or(&[][..], |counts| counts.cells());
            let counts = counts.get(cells.start..cells.end.min(counts.len())).unwrap_or_default();
            let sum = counts.iter().sum();
            if lines.counted.get(*line).is_some_and(|line| line.is_multiple()) {
                // One person may have several of them.
                return Bounds { least: counts.iter().copied().max().unwrap_or(0), most: all.min(sum) };
            }
            Bounds { least: sum, most: sum }
        }
        Condition::Answered { lines: asked } => {
            let missing = lines.missing(&asked.clone().collect::<Vec<_>>());
            Bounds { least: all - missing.end(), most: all - missing.start() }
        }
        Condition::Segment { name, value } => {
            let is_it = lines.segment.iter().any(|segment| segment == (name.as_str(), value.as_str()));
            let people = if is_it { all } else { 0 };
            Bounds { least: people, most: people }
        }
        // The mean of several scales, whichever were answered, is beyond what sums tell; ways out are for thanks alone.
        Condition::Mood(_) | Condition::Route(_) => Bounds { least: 0, most: all },
        Condition::All(conditions) => {
            let parts = conditions.iter().map(|condition| bounds(lines, condition));
            parts.fold(Bounds { least: all, most: all }, |one, other| Bounds {
                least: (one.least + other.least).saturating_sub(all),
                most: one.most.min(other.most),
            })
        }
        Condition::Any(conditions) => {
            let parts = conditions.iter().map(|condition| bounds(lines, condition));
            parts.fold(Bounds { least: 0, most: 0 }, |one, other| Bounds {
                least: one.least.max(other.least),
                most: all.min(one.most + other.most),
            })
        }
        Condition::Not(condition) => {
            let Bounds { least, most } = bounds(lines, condition);
            Bounds { least: all - most, most: all - least }
        }
    }
}
