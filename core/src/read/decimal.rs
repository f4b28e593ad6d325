use std::fmt;

/// A number with at most three decimals, kept as thousandths. So it compares exactly, and is written the same way
/// everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Decimal {
    thousandths: i64,
}

impl Decimal {
    /// A number of thousandths.
    pub const fn thousandths(thousandths: i64) -> Self {
        Self { thousandths }
    }

    /// The number nearest to `value`.
    pub(crate) fn nearest(value: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates, far outside of every range that is read"
        )]
        let thousandths = (value * 1000.0).round() as i64;
        Self { thousandths }
    }

    /// The quotient, to three decimals, rounded towards 0; 0 if `other` is 0.
    pub(crate) fn over(self, other: Self) -> Self {
        // No ε comes near the size at which this would wrap around.
        let thousandths = self.thousandths.wrapping_mul(1000).checked_div(other.thousandths);
        Self { thousandths: thousandths.unwrap_or(0) }
    }

    /// The number as floating point, as in JavaScript.
    pub fn value(self) -> f64 {
        self.thousandths as f64 / 1000.0
    }
}

impl std::ops::Add for Decimal {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { thousandths: self.thousandths.saturating_add(other.thousandths) }
    }
}

impl std::ops::Sub for Decimal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { thousandths: self.thousandths.saturating_sub(other.thousandths) }
    }
}

impl From<&u32> for Decimal {
    fn from(value: &u32) -> Self {
        Self { thousandths: i64::from(*value) * 1000 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.thousandths.unsigned_abs();
        let (whole, mut rest, mut digits) = (magnitude / 1000, magnitude % 1000, 3);
        let sign = if self.thousandths < 0 { "-" } else { "" };
        write!(formatter, "{sign}{whole}")?;
        if rest == 0 {
            return Ok(());
        }
        while rest % 10 == 0 {
            (rest, digits) = (rest / 10, digits - 1);
        }
        write!(formatter, ".{rest:0digits$}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn goes_into_another_so_many_times() {
        let times = |of, by| Decimal::thousandths(of).over(Decimal::thousandths(by)).thousandths;
        assert_eq!(
            [times(8000, 2000), times(7000, 3000), times(2000, 3000), times(1, 0)],
            [4000, 2333, 666, 0]
        );
    }

    #[test]
    fn is_written_as_short_as_can_be() {
        let written =
            [2000, 1500, 10, -250, 8, 0].map(|thousandths| Decimal::thousandths(thousandths).to_string());
        assert_eq!(written, ["2", "1.5", "0.01", "-0.25", "0.008", "0"]);
    }
}
