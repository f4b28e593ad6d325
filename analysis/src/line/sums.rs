use super::Line;
use puls_core::summary::Counts;

/// What a mean with its range is made of: whole numbers, so that equal ones give equal figures to the last digit. Each
/// answer counts as many steps as it lies above the scale's lowest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many answers there are.
    pub answered: u64,
    /// The sum of their steps.
    pub sum: u64,
    /// The sum of the squares of their steps.
    pub squares: u64,
}

impl Sums {
    /// The sums of answers on a line; `None` where answers have no order.
    pub fn of(line: &Line, counts: &Counts) -> Option<Self> {
        let (steps, _) = line.steps()?;
        let answers = || counts.cells().iter().zip(&steps);
        Some(Self {
            answered: counts.total(),
            sum: answers().map(|(count, steps)| count.saturating_mul(*steps)).sum(),
            squares: answers().map(|(count, steps)| count.saturating_mul(steps * steps)).sum(),
        })
    }

    /// Sums with the largest squares that so many answers with such a sum can have on a line, where no more than the
    /// sum is known of them.
    ///
    /// # Source
    /// Bhatia and Davis, "A better bound on the variance" (2000): it is at most (max − mean)(mean − min), as if each
    /// answer lay at one of the scale's ends.
    pub fn widest(line: &Line, answered: u64, sum: u64) -> Option<Self> {
        let (_, last) = line.steps()?;
        Some(Self { answered, sum, squares: sum.saturating_mul(last) })
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            answered: self.answered.saturating_add(other.answered),
            sum: self.sum.saturating_add(other.sum),
            squares: self.squares.saturating_add(other.squares),
        }
    }
}
