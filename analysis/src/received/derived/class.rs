use super::Disagreement;
use puls_core::summary::Counts;
use std::ops::Range;

/// How many people are high, low or missing on an index.
struct Levels {
    high: u64,
    low: u64,
    missing: u64,
}

impl Levels {
    /// `bounds` starts at the value from which an index is high, and ends at the value below which it is low; both are
    /// 0 to 100.
    fn of(index: &Counts, bounds: &Range<u32>) -> Self {
        let steps = (index.cells().len() as u64).saturating_sub(1);
        let people = |is_there: &dyn Fn(u64) -> bool| {
            let cells = (0_u64..).zip(index.cells());
            cells.filter(|(cell, _)| is_there(*cell * 100)).map(|(_, count)| count).sum()
        };
        let (high, low) = (u64::from(bounds.start) * steps, u64::from(bounds.end) * steps);
        let is_high = move |reached: u64| reached >= high;
        Self {
            high: people(&is_high),
            low: people(&|reached| reached < low && !is_high(reached)),
            missing: index.missing(),
        }
    }
}

/// Checks the counts of a class measure against its two indices. The indices are the margins of a table. Four of its
/// cells are the first four classes, and the other cells add up to the fifth. Such a table exists exactly if all of
/// these bounds hold.
pub(super) fn disagreement(
    own: &Counts,
    energy: &Counts,
    clarity: &Counts,
    bounds: Range<u32>,
) -> Option<Disagreement> {
    let (energy, clarity) = (Levels::of(energy, &bounds), Levels::of(clarity, &bounds));
    let missing = energy.missing.max(clarity.missing)..=energy.missing + clarity.missing;
    if !missing.contains(&own.missing()) {
        return Some(Disagreement::Missing);
    }
    let [engaged, unfocused, passive, disengaged, undecided] = own.cells()[..] else { return None };
    // Somebody who is high or low on one index and in none of the four classes is undecided, or has no value of the
    // other index.
    let rest = |all: u64, one: u64, other: u64| all.checked_sub(one + other);
    let fits = || {
        let of_energy = rest(energy.high, engaged, unfocused)? + rest(energy.low, passive, disengaged)?;
        let of_clarity = rest(clarity.high, engaged, passive)? + rest(clarity.low, unfocused, disengaged)?;
        let without_clarity = of_energy.min(own.missing() - energy.missing);
        let without_energy = of_clarity.min(own.missing() - clarity.missing);
        Some(of_energy + of_clarity <= undecided + without_clarity + without_energy)
    };
    (fits() != Some(true)).then_some(Disagreement::Values)
}
