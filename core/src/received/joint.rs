use crate::definition::Definition;
use crate::joint::Sums;
use crate::read::{Fault, Node};
use crate::summary::Counts;

/// Reads the sums of products of the joint lines, and holds them against the counts that the release has of
/// each line. Whoever didn't answer all of the lines is missing in them.
pub(super) fn read(
    node: &Node<'_>,
    definition: &Definition,
    items: &[(String, Counts)],
    respondents: u32,
) -> Counts {
    let lines = lines(definition, items);
    let fields = node.fields(&["respondents", "products"]);
    let all = fields.required("respondents", |node| node.integer(0..=respondents));
    let products = fields.required("products", |list| read_products(list, all, &lines));
    let sums = Sums::new(lines.len(), &products);
    // Where the list has another length there is nothing to hold against anything.
    if !products.is_empty() {
        if sums.respondents() != u64::from(all) {
            let (found, expected) = (sums.respondents().to_string(), format!("{all} respondents"));
            node.fault(Fault::Differs { found, expected });
        } else if !lines.iter().enumerate().all(|(index, line)| line.fits(sums, index))
            || !pairs(lines.len()).all(|pair| is_possible(sums, &lines, pair))
        {
            node.unfit("has products that no answers of so many respondents have");
        }
    }
    Counts { cells: products, missing: u64::from(respondents.saturating_sub(all)) }
}

/// What a release says of one of the lines by itself.
struct Line {
    /// The highest cell.
    last: u64,
    /// Who answered it, perhaps without answering all others.
    answered: u64,
    /// The sum of their cells.
    sum: u64,
    /// The sum of their cells' squares.
    squares: u64,
}

fn lines(definition: &Definition, items: &[(String, Counts)]) -> Vec<Line> {
    let counts = |line: &usize| items.get(*line).map(|(_, counts)| Line::of(counts));
    definition.joint.lines().iter().filter_map(counts).collect()
}

impl Line {
    fn of(counts: &Counts) -> Self {
        let weighted = |power: u32| {
            (0_u64..).zip(&counts.cells).map(|(cell, count)| cell.pow(power).saturating_mul(*count)).sum()
        };
        let last = (counts.cells.len() as u64).saturating_sub(1);
        Self { last, answered: counts.total(), sum: weighted(1), squares: weighted(2) }
    }

    /// Whether those who answered all lines can be among those who answered this one: the others' answers
    /// have to make up the rest.
    fn fits(&self, sums: Sums<'_>, line: usize) -> bool {
        let (n, sum, squares) = (sums.respondents(), sums.sum(line), sums.product(line, line));
        let rest = |all: u64, part: u64| all.checked_sub(part);
        let others = (rest(self.answered, n), rest(self.sum, sum), rest(self.squares, squares));
        let (Some(others), Some(sum_of_others), Some(squares_of_others)) = others else { return false };
        is_scale(n, sum, squares, self.last) && is_scale(others, sum_of_others, squares_of_others, self.last)
    }
}

/// Whether `n` numbers from 0 to `last` can have this sum and this sum of squares.
fn is_scale(n: u64, sum: u64, squares: u64, last: u64) -> bool {
    let wide = |one: u64, other: u64| u128::from(one) * u128::from(other);
    sum <= squares && wide(squares, 1) <= wide(last, sum) && wide(sum, sum) <= wide(n, squares)
}

/// Whether answers of one and the same people can have these products on two lines.
fn is_possible(sums: Sums<'_>, lines: &[Line], (one, other): (usize, usize)) -> bool {
    let last = |line: usize| lines.get(line).map_or(0, |line| i128::from(line.last));
    let (n, product) = (i128::from(sums.respondents()), i128::from(sums.product(one, other)));
    let (sum_of_one, sum_of_other) = (i128::from(sums.sum(one)), i128::from(sums.sum(other)));
    let most = (last(other) * sum_of_one).min(last(one) * sum_of_other);
    // Counted from the other end of both scales, products aren't below 0 either.
    let least = last(other) * sum_of_one + last(one) * sum_of_other - n * last(one) * last(other);
    let (both, one, other) =
        (sums.comoment(one, other), sums.comoment(one, one), sums.comoment(other, other));
    // Two lines go together no more than each does with itself.
    (least..=most).contains(&product) && both.saturating_mul(both) <= one.saturating_mul(other)
}

/// All pairs of different lines.
fn pairs(lines: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..lines).flat_map(move |one| (one + 1..lines).map(move |other| (one, other)))
}

fn read_products(list: &Node<'_>, respondents: u32, lines: &[Line]) -> Vec<u64> {
    let highest = lines.iter().map(|line| line.last).max().unwrap_or(0);
    let most = u64::from(respondents).saturating_mul(highest.max(1).pow(2));
    let size = crate::joint::size(lines.len());
    let product = |node: &Node<'_>| u64::from(node.integer(0..=u32::try_from(most).unwrap_or(u32::MAX)));
    list.entries(size..=size, product)
}
