use puls_core::definition::{
    Condition, Counted, Definition, Derived, DerivedKind, Item, ItemKind, Measure, Source, Thirds, Tiers,
};

/// How much is published of a line's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Their mean, index or net promoter score.
    Score,
    /// How many are favourable, neutral and unfavourable.
    Favourable,
    /// How often each answer was given.
    Points,
}

impl Detail {
    /// From the least to the most.
    pub const ALL: [Self; 3] = [Self::Score, Self::Favourable, Self::Points];
}

/// A detail, and how many answers it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is published.
    pub detail: Detail,
    /// The least number of answers from which on it is published; 0 if the mechanism withholds nothing.
    pub fewest: u64,
}

/// The least number of people for joint figures. How the answers of fewer go together is mere chance.
const FEWEST_JOINT: u64 = 10;

/// The details of a line that can be published, from the least to the most. The last one is always the share of each
/// answer.
pub fn steps(definition: &Definition, line: &Counted<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    if !matches!(line.measure, Measure::Shares | Measure::Several) {
        steps.push(step(definition, Detail::Score, |tiers| tiers.score));
    }
    if line.thirds().is_some() {
        steps.push(step(definition, Detail::Favourable, |tiers| tiers.favourable));
    }
    steps.push(step(
        definition,
        Detail::Points,
        match line.source {
            Source::Item(Item { kind: ItemKind::OpenText(_), .. }) => |tiers| tiers.themes,
            Source::Derived(Derived { kind: DerivedKind::Share { when }, .. })
                if is_of_thirds(definition, when) =>
            {
                |tiers| tiers.favourable
            }
            _ => |tiers| tiers.points,
        },
    ));
    steps
}

/// Whether a condition tells no more of an answer than whether it is favourable, neutral or unfavourable. The share of
/// any other condition would tell single points, or how answers go together.
fn is_of_thirds(definition: &Definition, when: &Condition) -> bool {
    match when {
        Condition::Not(when) => is_of_thirds(definition, when),
        Condition::Within { line, cells } => {
            let thirds = line.of(&definition.counted()).and_then(Counted::thirds);
            thirds.is_some_and(|Thirds { unfavourable, neutral, favourable }| {
                let thirds = [unfavourable, neutral, favourable];
                let begins = thirds.iter().any(|third| third.start == cells.start);
                begins && thirds.iter().any(|third| third.end == cells.end)
            })
        }
        _ => false,
    }
}

/// The step in which the figures of joint lines are published.
pub fn joint_step(definition: &Definition) -> Step {
    let step = step(definition, Detail::Points, |tiers| tiers.points);
    Step { fewest: step.fewest.max(FEWEST_JOINT), ..step }
}

/// A survey with segments publishes figures of groups, so the `group` tier holds as well.
fn step(definition: &Definition, detail: Detail, tier: fn(&Tiers) -> u32) -> Step {
    let fewest = definition.tiers().map_or(0, |tiers| match definition.segments.is_empty() {
        true => tier(tiers),
        false => tier(tiers).max(tiers.group),
    });
    Step { detail, fewest: fewest.into() }
}
