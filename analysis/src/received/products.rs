use puls_core::definition::{Definition, LineIndex};
use puls_core::joint_sums::{JointSums, is_scale, largest};
use puls_core::read::{Fault, Node};
use puls_core::summary::Counts;

/// Reads the sums of products of the joint lines and checks them against the release's counts of each line. They are
/// over the people who answered all of these lines; everybody else counts as missing.
pub(super) fn read(
    node: &Node<'_>,
    definition: &Definition,
    nobody: JointSums,
    items: &[(String, Counts)],
    respondents: u32,
) -> Option<JointSums> {
    let lines = lines(definition, items);
    let fields = node.fields(&["respondents", "products"]);
    let all = fields.required("respondents", |node| node.integer(0..=respondents));
    let lasts: Vec<u64> = lines.iter().map(|line| line.last).collect();
    let products =
        fields.required("products", |list| read_products(list, nobody.products().len(), all, &lasts));
    // If the list has the wrong length, that has been reported, and there is nothing to check.
    let sums = nobody.with(products, respondents.saturating_sub(all).into())?;
    if sums.respondents() != u64::from(all) {
        let (found, expected) = (sums.respondents().to_string(), format!("{all} respondents"));
        node.fault(Fault::Differs { found, expected });
    } else if !lines.iter().enumerate().all(|(index, line)| line.fits(&sums, index))
        || !sums.are_possible(&lasts)
    {
        node.unfit("has products that no answers of so many respondents have");
    }
    Some(sums)
}

/// What a release's counts say of one joint line.
struct Line {
    /// The highest cell.
    last: u64,
    /// How many people answered it, whether or not they answered the other lines.
    answered: u64,
    /// The sum of their cells.
    sum: u64,
    /// The sum of their cells' squares.
    squares: u64,
}

fn lines(definition: &Definition, items: &[(String, Counts)]) -> Vec<Line> {
    let counts = |line: &LineIndex| line.of(items).map(|(_, counts)| Line::of(counts));
    definition.joint.lines().iter().filter_map(counts).collect()
}

impl Line {
    fn of(counts: &Counts) -> Self {
        let weighted = |power: u32| {
            (0_u64..).zip(counts.cells()).map(|(cell, count)| cell.pow(power).saturating_mul(*count)).sum()
        };
        let last = (counts.cells().len() as u64).saturating_sub(1);
        Self { last, answered: counts.total(), sum: weighted(1), squares: weighted(2) }
    }

    /// Whether the people who answered all lines can be part of those who answered this one: what remains has to be
    /// possible for the others' answers.
    fn fits(&self, sums: &JointSums, line: usize) -> bool {
        let (n, sum, squares) = (sums.respondents(), sums.sum(line), sums.product(line, line));
        let rest = |all: u64, part: u64| all.checked_sub(part);
        let others = (rest(self.answered, n), rest(self.sum, sum), rest(self.squares, squares));
        let (Some(others), Some(sum_of_others), Some(squares_of_others)) = others else { return false };
        is_scale(others, sum_of_others, squares_of_others, self.last)
    }
}

fn read_products(list: &Node<'_>, size: usize, respondents: u32, lasts: &[u64]) -> Vec<u64> {
    let most = u64::from(respondents).saturating_mul(largest(lasts));
    let product = |node: &Node<'_>| u64::from(node.integer(0..=u32::try_from(most).unwrap_or(u32::MAX)));
    list.entries(size..=size, product)
}
