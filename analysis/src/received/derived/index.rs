use super::{Disagreement, Lines};
use puls_core::summary::Counts;

/// Holds an index against the lines that it is the sum of, after turning round what is reversed.
///
/// Of those who have one, the sum of the `n` largest indices is no more than that of each line's `n` largest answers, and the
/// sum of the `n` smallest no less than that of each line's `n` smallest, for every `n`. Where nobody is missing the whole sums
/// are so equal.
pub(super) fn disagreement(lines: Lines<'_>, own: &Counts, parts: &[usize]) -> Option<Disagreement> {
    if !lines.missing(parts).contains(&own.missing()) {
        return Some(Disagreement::Missing);
    }
    let parts: Vec<Vec<u64>> = parts.iter().filter_map(|line| turned(lines, *line)).collect();
    let reversed: Vec<Vec<u64>> = parts.iter().map(|part| part.iter().rev().copied().collect()).collect();
    let backwards: Vec<u64> = own.cells().iter().rev().copied().collect();
    let fits = is_below(own.cells(), &parts) && is_below(&backwards, &reversed) && is_one_of(own, &parts);
    (!fits).then_some(Disagreement::Values)
}

/// A line's cells as they count for the index.
fn turned(lines: Lines<'_>, line: usize) -> Option<Vec<u64>> {
    let (counted, counts) = (lines.counted.get(line)?, lines.of(line)?);
    let mut cells = counts.cells().to_vec();
    if counted.is_reversed() {
        cells.reverse();
    }
    Some(cells)
}

/// Whether the largest values of a sum can come of the largest values of its parts.
fn is_below(sum: &[u64], parts: &[Vec<u64>]) -> bool {
    let mut values = descending(sum);
    let mut largest: Vec<_> = parts.iter().map(|part| descending(part)).collect();
    let (mut own, mut most) = (0, 0);
    values.all(|value| {
        own += value;
        most += largest.iter_mut().filter_map(Iterator::next).sum::<u64>();
        own <= most
    })
}

/// The values that cells stand for, counted from 0, as often as they were given, the largest first.
fn descending(cells: &[u64]) -> impl Iterator<Item = u64> {
    let repeated = |(value, count): (u64, &u64)| {
        // No batch has more people than fit.
        std::iter::repeat_n(value, usize::try_from(*count).unwrap_or(usize::MAX))
    };
    (0_u64..).zip(cells).collect::<Vec<_>>().into_iter().rev().flat_map(repeated)
}

/// Whether each value was given as often as the only line has it, where there is just one.
fn is_one_of(own: &Counts, parts: &[Vec<u64>]) -> bool {
    let [part] = parts else { return true };
    own.cells().iter().zip(part).all(|(own, part)| own <= part)
}
