//! The diagonal of an inverse matrix, and the root of a covariance matrix.
//!
//! In comes a square matrix; out goes the diagonal of its inverse, from which variances are computed, infinite if it has no
//! inverse. Or out goes its root, which turns independent random numbers into ones with these covariances.

/// Pivots of this size and below count as 0.
pub(crate) const SMALLEST_PIVOT: f64 = 1e-9;

/// The diagonal of the inverse of a square `matrix`, which is given row by row, and after the diagonal the sum of all
/// entries of the inverse. If the inverse is the covariance of all shares but the last, these are the variances of all
/// of them, the last included. All are 0 or more; all are infinite if there is no inverse.
///
/// # Source
/// Gauss and Jordan's elimination, with the largest entry of each column as its pivot.
///
/// ```
/// use puls_statistics::matrix::inverse_diagonal;
/// // The inverse is (3, −1; −1, 2) / 5.
/// let found = inverse_diagonal(vec![vec![2.0, 1.0], vec![1.0, 3.0]]);
/// let close = |(found, expected): (&f64, f64)| (found - expected).abs() < 1e-12;
/// assert!(found.iter().zip([0.6, 0.4, 0.6]).all(close), "{found:?}");
/// assert!(inverse_diagonal(vec![vec![1.0, 1.0], vec![1.0, 1.0]])[0].is_infinite());
/// ```
pub fn inverse_diagonal(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let size = matrix.len();
    for (index, row) in matrix.iter_mut().enumerate() {
        row.extend((0..size).map(|column| if column == index { 1.0 } else { 0.0 }));
    }
    for column in 0..size {
        if eliminate(&mut matrix, column).is_none() {
            return vec![f64::INFINITY; size + 1];
        }
    }
    let entry = |row: usize, column: usize| matrix.get(row).and_then(|row| row.get(size + column)).copied();
    let diagonal = (0..size).map(|index| entry(index, index).unwrap_or(f64::INFINITY).max(0.0));
    let sum: f64 = matrix.iter().flat_map(|row| row.iter().skip(size)).sum();
    diagonal.chain([sum.max(0.0)]).collect()
}

/// Turns a column into 1 in its own row and 0 in all others; `None` if it has no pivot.
fn eliminate(matrix: &mut [Vec<f64>], column: usize) -> Option<()> {
    let size_at = |row: &Vec<f64>| row.get(column).map_or(0.0, |entry| entry.abs());
    let candidates = matrix.iter().enumerate().skip(column);
    let (pivot, row) = candidates.max_by(|(_, one), (_, two)| size_at(one).total_cmp(&size_at(two)))?;
    if size_at(row) <= SMALLEST_PIVOT {
        return None;
    }
    matrix.swap(column, pivot);
    let mut row = matrix.get(column)?.clone();
    let scale = row.get(column).copied()?;
    row.iter_mut().for_each(|entry| *entry /= scale);
    for (index, other) in matrix.iter_mut().enumerate() {
        let factor = other.get(column).copied().unwrap_or(0.0);
        if index == column {
            other.clone_from(&row);
        } else {
            other.iter_mut().zip(&row).for_each(|(entry, of)| *entry -= factor * of);
        }
    }
    Some(())
}

/// The lower triangular matrix L whose product with its transpose is a covariance `matrix`, each row up to its diagonal.
/// A variable that follows from those before it, or doesn't vary, has a 0 on its diagonal.
///
/// # Source
/// Cholesky's decomposition, as in Golub and Van Loan, "Matrix computations" (2013), section 4.2.
///
/// ```
/// use puls_statistics::matrix::cholesky;
/// assert_eq!(cholesky(&[vec![4.0, 2.0], vec![2.0, 10.0]]), [vec![2.0], vec![1.0, 3.0]]);
/// assert_eq!(cholesky(&[vec![1.0, 1.0], vec![1.0, 1.0]]), [vec![1.0], vec![1.0, 0.0]]);
/// ```
pub fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (index, entries) in matrix.iter().enumerate() {
        let mut row = Vec::with_capacity(index + 1);
        for (entry, above) in entries.iter().zip(&rows) {
            let pivot = above.last().copied().unwrap_or(0.0);
            row.push(if pivot > 0.0 { (entry - product(&row, above)) / pivot } else { 0.0 });
        }
        let variance = entries.get(index).copied().unwrap_or(0.0);
        let left = variance - product(&row, &row);
        row.push(if left > SMALLEST_PIVOT * variance { left.sqrt() } else { 0.0 });
        rows.push(row);
    }
    rows
}

/// The sum of the products of two rows' entries, as far as both have some.
fn product(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exact: the inverse of this Hilbert matrix has the entries (9, −36, 30; −36, 192, −180; 30, −180, 180).
    #[test]
    fn a_hilbert_matrix_has_the_known_inverse() {
        let hilbert =
            (1..=3).map(|row| (0..3).map(|column| 1.0 / f64::from(row + column)).collect()).collect();
        let found = inverse_diagonal(hilbert);
        assert_eq!(found.len(), 4);
        for (found, expected) in found.iter().zip([9.0, 192.0, 180.0, 9.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
    }

    #[test]
    fn rows_are_swapped_where_a_pivot_is_zero() {
        // Its own inverse.
        assert_eq!(inverse_diagonal(vec![vec![0.0, 1.0], vec![1.0, 0.0]]), [0.0, 0.0, 2.0]);
    }

    /// NumPy: `np.linalg.cholesky([[4, 12, -16], [12, 37, -43], [-16, -43, 98]])`.
    #[test]
    fn a_covariance_matrix_has_the_root_that_numpy_says() {
        let found = cholesky(&[vec![4.0, 12.0, -16.0], vec![12.0, 37.0, -43.0], vec![-16.0, -43.0, 98.0]]);
        assert_eq!(found, [vec![2.0], vec![6.0, 1.0], vec![-8.0, 5.0, 3.0]]);
        assert_eq!(cholesky(&[vec![0.0, 0.0], vec![0.0, 1.0]]), [vec![0.0], vec![0.0, 1.0]]);
    }

    #[test]
    fn without_an_inverse_nothing_is_sure() {
        assert_eq!(inverse_diagonal(vec![vec![1.0, 2.0], vec![2.0, 4.0]]), [f64::INFINITY; 3]);
        assert_eq!(inverse_diagonal(Vec::new()), [0.0], "of no shares, what they leave is sure");
    }
}
