//! Sums of products: they say how the answers on several lines go together, and not whose they are.
//!
//! Let x1 … xm be the cells, counted from 0, that a respondent answered on m lines. For each pair out of (1, x1, …, xm)
//! there is the sum of its products over all respondents who answered all of the lines. The sums stand row by row, as
//! the upper triangle of a square: first the number of respondents, then the sum of each line, then squares and
//! products. They add up as [`Counts`](crate::summary::Counts) do. How many there are depends on the number of lines
//! alone.

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

/// The largest product that one person can have on lines with these highest cells, counted from 0. At least 1, since
/// the first product is always 1.
pub fn largest(lasts: &[u64]) -> u64 {
    lasts.iter().copied().max().unwrap_or(0).max(1).pow(2)
}

/// The sums of products over some respondents. Those who didn't answer every line are counted as missing.
///
/// How many sums there are follows from the survey's definition and never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointSums {
    lines: usize,
    products: Vec<u64>,
    missing: u64,
}

impl JointSums {
    /// Sums over nobody for a survey's joint lines; `None` where it has no joint lines.
    pub fn empty(definition: &Definition) -> Option<Self> {
        let lines = definition.joint.lines().len();
        (lines > 0).then(|| Self::of_nobody(lines))
    }

    pub(crate) fn of_nobody(lines: usize) -> Self {
        Self { lines, products: vec![0; size(lines)], missing: 0 }
    }

    /// The same lines with these sums; `None` if that is another number of sums.
    pub fn with(self, products: Vec<u64>, missing: u64) -> Option<Self> {
        (products.len() == self.products.len()).then_some(Self { products, missing, ..self })
    }

    /// One person's sums, by the cells on all lines; `None` stands for a person who didn't answer all of them.
    pub(crate) fn one(self, cells: Option<&[usize]>) -> Self {
        match cells {
            Some(cells) => Self { products: products(cells), ..self },
            None => Self { missing: 1, ..self },
        }
    }

    /// The sums, in the order that the head of this module describes.
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

    /// Subtracts sums that were added before.
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

    /// The sum of a line's cells, counted from 0, over those who answered all of the lines; 0 for a line that doesn't
    /// exist.
    pub fn sum(&self, line: usize) -> u64 {
        self.at(0, line + 1)
    }

    /// The sum of the products of two lines' cells, counted from 0, over those who answered all of the lines. For a
    /// line with itself, the sum of its squares.
    pub fn product(&self, one: usize, other: usize) -> u64 {
        self.at(one + 1, other + 1)
    }

    /// Respondents squared times the covariance of two lines. It is a whole number, which floating point would round.
    pub fn comoment(&self, one: usize, other: usize) -> i128 {
        i128::from(self.respondents()) * i128::from(self.product(one, other))
            - i128::from(self.sum(one)) * i128::from(self.sum(other))
    }

    /// Whether answers to lines with these highest cells, counted from 0, can have these sums. It checks necessary
    /// conditions, not sufficient ones: the ends of each scale, and the bounds of each pair of lines.
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
        // Products are at least 0 from the other end of both scales as well.
        let least = last(other) * sum_of_one + last(one) * sum_of_other - n * last(one) * last(other);
        let (both, one, other) =
            (self.comoment(one, other), self.comoment(one, one), self.comoment(other, other));
        // The Cauchy–Schwarz inequality.
        (least..=most).contains(&product) && both.saturating_mul(both) <= one.saturating_mul(other)
    }

    fn at(&self, row: usize, column: usize) -> u64 {
        let (row, column) = (row.min(column), row.max(column));
        // Each row is one shorter than the row above it.
        let before = row * (self.lines + 1) - row * row.saturating_sub(1) / 2;
        self.products.get(before + column - row).copied().unwrap_or(0)
    }
}

/// Whether `n` whole numbers from 0 to `last` can have this sum and this sum of squares. It checks bounds only, so
/// `true` means "perhaps".
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
