use super::{Disagreement, Lines};
use puls_core::definition::LineIndex;
use puls_core::summary::Counts;

/// Checks the counts of an index against the lines that it is the sum of, after reversed lines have been turned round.
///
/// For every `n`, the sum of the `n` largest indices is at most the sum of each line's `n` largest answers, and the sum
/// of the `n` smallest at least that of each line's `n` smallest. If nobody is missing, this makes the total of the
/// indices equal to the total of the answers.
pub(super) fn disagreement(lines: Lines<'_>, own: &Counts, parts: &[LineIndex]) -> Option<Disagreement> {
    if !lines.missing(parts).contains(&own.missing()) {
        return Some(Disagreement::Missing);
    }
    let parts: Vec<Vec<u64>> = parts.iter().filter_map(|line| turned(lines, *line)).collect();
    let reversed: Vec<Vec<u64>> = parts.iter().map(|part| part.iter().rev().copied().collect()).collect();
    let backwards: Vec<u64> = own.cells().iter().rev().copied().collect();
    let fits = is_below(own.cells(), &parts) && is_below(&backwards, &reversed) && is_one_of(own, &parts);
    (!fits).then_some(Disagreement::Values)
}

/// A line's cells in the direction in which the index counts them.
fn turned(lines: Lines<'_>, line: LineIndex) -> Option<Vec<u64>> {
    let (counted, counts) = (line.of(lines.counted)?, lines.of(line)?);
    let mut cells = counts.cells().to_vec();
    if counted.is_reversed() {
        cells.reverse();
    }
    Some(cells)
}

/// Whether the largest values of a sum are possible, given the largest values of its parts.
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

/// The values of cells, counted from 0, each as often as it was given, the largest first.
fn descending(cells: &[u64]) -> impl Iterator<Item = u64> {
    let repeated = |(value, count): (u64, &u64)| {
        // A batch's people always fit into a `usize`.
        std::iter::repeat_n(value, usize::try_from(*count).unwrap_or(usize::MAX))
    };
    (0_u64..).zip(cells).collect::<Vec<_>>().into_iter().rev().flat_map(repeated)
}

/// If there is only one part: whether no value of the index is more frequent than the same answer.
fn is_one_of(own: &Counts, parts: &[Vec<u64>]) -> bool {
    let [part] = parts else { return true };
    own.cells().iter().zip(part).all(|(own, part)| own <= part)
}
