use super::{Disagreement, Lines};
use puls_core::definition::Condition;
use puls_core::summary::Counts;

/// The least and the most people for whom a condition may hold.
struct Bounds {
    least: u64,
    most: u64,
}

/// Checks the counts of a share against the condition that it counts.
pub(super) fn disagreement(lines: Lines<'_>, own: &Counts, when: &Condition) -> Option<Disagreement> {
    let [no, yes] = own.cells()[..] else { return None };
    let Bounds { least, most } = bounds(lines, when);
    // Nobody knows whether the condition holds for people who weren't asked what it depends on, so both counts have
    // only upper bounds.
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
            if line.of(lines.counted).is_some_and(|line| line.is_multiple()) {
                // One person may have chosen several of these cells.
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
        // Sums don't tell a mood, which is the mean of whichever scales a person answered. Routes decide nothing but
        // the thanks.
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
