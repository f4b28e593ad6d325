//! Sums of products: how the answers on several lines go together, without whose they are.
//!
//! Of respondents who answered all of the lines, and with x1 … xm as the cells of their answers counted from
//! 0, there is the sum of each product of two of (1, x1, …, xm). They stand as the upper triangle of a square,
//! row by row: first how many respondents there are, then the sum of each line, then squares and products.
//! Such sums add up as [`Counts`](crate::summary::Counts) do. Their size depends on the lines alone.

use crate::definition::Definition;

/// How many products there are of so many lines.
pub(crate) fn size(lines: usize) -> usize {
    (lines + 1) * (lines + 2) / 2
}

/// One person's products.
pub(crate) fn products(cells: &[usize]) -> Vec<u64> {
    let factors: Vec<u64> = std::iter::once(1).chain(cells.iter().map(|cell| *cell as u64)).collect();
    let row = |(index, factor): (usize, &u64)| {
        let rest = factors.get(index..).unwrap_or_default();
        rest.iter().map(|other| factor * other).collect::<Vec<_>>()
    };
    factors.iter().enumerate().flat_map(row).collect()
}

/// The largest product of one person on lines with these highest cells, counted from 0, and 1 at least: everybody counts as one.
pub fn largest(lasts: &[u64]) -> u64 {
    lasts.iter().copied().max().unwrap_or(0).max(1).pow(2)
}

/// The sums of products over some respondents, of whom those who didn't answer every line are missing.
///
/// How many sums there are comes from the survey's definition and stays with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointSums {
    lines: usize,
    products: Vec<u64>,
    missing: u64,
}

impl JointSums {
    /// Nobody's sums for a survey's joint lines; `None` where it has none.
    pub fn empty(definition: &Definition) -> Option<Self> {
        let lines = definition.joint.lines().len();
        (lines > 0).then(|| Self::of_nobody(lines))
    }

    pub(crate) fn of_nobody(lines: usize) -> Self {
        Self { lines, products: vec![0; size(lines)], missing: 0 }
    }

    /// These sums in the place of nobody's; `None` of another number.
    pub fn with(self, products: Vec<u64>, missing: u64) -> Option<Self> {
        (products.len() == self.products.len()).then_some(Self { products, missing, ..self })
    }

    /// One person's sums: of the cells on all lines, or without an answer to one of them.
    pub(crate) fn one(self, cells: Option<&[usize]>) -> Self {
        match cells {
            Some(cells) => Self { products: products(cells), ..self },
            None => Self { missing: 1, ..self },
        }
    }

    /// The sums, in the order that the module's head says.
    pub fn products(&self) -> &[u64] {
        &self.products
    }

    /// How many people didn't answer all of the lines.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Adds others' sums.
    pub fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.lines, other.lines, "sums of other lines are added up");
        for (sum, more) in self.products.iter_mut().zip(&other.products) {
            *sum = sum.saturating_add(*more);
        }
        self.missing = self.missing.saturating_add(other.missing);
    }

    /// Takes what was added away again.
    pub fn take_away(&mut self, other: &Self) {
        debug_assert_eq!(self.lines, other.lines, "sums of other lines are taken apart");
        for (sum, less) in self.products.iter_mut().zip(&other.products) {
            *sum = sum.saturating_sub(*less);
        }
        self.missing = self.missing.saturating_sub(other.missing);
    }

    /// How many people answered all of the lines.
    pub fn respondents(&self) -> u64 {
        self.at(0, 0)
    }

    /// The sum of a line's cells, counted from 0, over those who answered all of the lines; 0 of a line that there isn't.
    pub fn sum(&self, line: usize) -> u64 {
        self.at(0, line + 1)
    }

    /// The sum of the products of two lines' cells, counted from 0, over those who answered all of the lines; of one line with itself its
    /// squares.
    pub fn product(&self, one: usize, other: usize) -> u64 {
        self.at(one + 1, other + 1)
    }

    /// Respondents squared times the covariance of two lines: a whole number, which floating point would lose.
    pub fn comoment(&self, one: usize, other: usize) -> i128 {
        i128::from(self.respondents()) * i128::from(self.product(one, other))
            - i128::from(self.sum(one)) * i128::from(self.sum(other))
    }

    /// Whether answers of so many respondents to lines with these highest cells, counted from 0, can have these sums. It is a
    /// necessary condition: the ends of each scale, and what two lines have in common with each other and with themselves.
    pub fn are_possible(&self, lasts: &[u64]) -> bool {
        let is_scale = |(line, last): (usize, &u64)| {
            is_scale(self.respondents(), self.sum(line), self.product(line, line), *last)
        };
        let mut pairs =
            (0..lasts.len()).flat_map(|one| (one + 1..lasts.len()).map(move |other| (one, other)));
        lasts.iter().enumerate().all(is_scale) && pairs.all(|pair| self.is_pair(pair, lasts))
    }

    /// Whether answers of one and the same people can have these products on two lines.
    fn is_pair(&self, (one, other): (usize, usize), lasts: &[u64]) -> bool {
        let last = |line: usize| lasts.get(line).map_or(0, |last| i128::from(*last));
        let (n, product) = (i128::from(self.respondents()), i128::from(self.product(one, other)));
        let (sum_of_one, sum_of_other) = (i128::from(self.sum(one)), i128::from(self.sum(other)));
        let most = (last(other) * sum_of_one).min(last(one) * sum_of_other);
        // Counted from the other end of both scales, products aren't below 0 either.
        let least = last(other) * sum_of_one + last(one) * sum_of_other - n * last(one) * last(other);
        let (both, one, other) =
            (self.comoment(one, other), self.comoment(one, one), self.comoment(other, other));
        // Two lines go together no more than each does with itself.
        (least..=most).contains(&product) && both.saturating_mul(both) <= one.saturating_mul(other)
    }

    fn at(&self, row: usize, column: usize) -> u64 {
        let (row, column) = (row.min(column), row.max(column));
        // The rows above have one less each.
        let before = row * (self.lines + 1) - row * row.saturating_sub(1) / 2;
        self.products.get(before + column - row).copied().unwrap_or(0)
    }
}

/// Whether `n` whole numbers from 0 to `last` can have this sum and this sum of squares, as far as its bounds tell.
///
/// ```
/// use puls_core::joint_sums::is_scale;
/// assert!(is_scale(2, 3, 5, 4), "1 and 2");
/// assert!(!is_scale(2, 3, 2, 4), "squares are no smaller than what is squared");
/// ```
pub fn is_scale(n: u64, sum: u64, squares: u64, last: u64) -> bool {
    let wide = |one: u64, other: u64| u128::from(one) * u128::from(other);
    sum <= squares && wide(squares, 1) <= wide(last, sum) && wide(sum, sum) <= wide(n, squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_stand_row_by_row() {
        let one = products(&[2, 3, 5]);
        assert_eq!(one, [1, 2, 3, 5, 4, 6, 10, 9, 15, 25]);
        assert_eq!(one.len(), size(3));
        let sums = JointSums { lines: 3, products: one, missing: 0 };
        assert_eq!((sums.respondents(), sums.sum(0), sums.sum(2)), (1, 2, 5));
        assert_eq!((sums.product(0, 1), sums.product(1, 0), sums.product(2, 2)), (6, 6, 25));
        assert_eq!(sums.comoment(0, 1), 0, "one person alone varies with nothing");
    }
}
