//! A figure with the range in which the truth lies.
//!
//! In come a figure, the range's centre and its half width; out goes a range that holds the figure and stays within the
//! measure's bounds.

/// The 97.5 % point of the standard normal distribution: a 95 % interval reaches this many standard errors to each
/// side.
pub const Z: f64 = 1.959_963_984_540_054;

/// A figure and its 95 % interval. The interval always holds the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The figure.
    pub value: f64,
    /// The interval's lower end: at most `value`.
    pub low: f64,
    /// The interval's upper end: at least `value`.
    pub high: f64,
}

impl Interval {
    /// An interval that reaches `margin` (0 or more) to both sides of `centre`. Figure and interval are cut to the
    /// measure's bounds, `min` to `max`. If the figure lies outside the interval, the interval is widened to hold it.
    ///
    /// ```
    /// use puls_statistics::Interval;
    /// let share = Interval::around(1.0, 0.875, 0.25, (0.0, 1.0));
    /// assert_eq!(share, Interval { value: 1.0, low: 0.625, high: 1.0 });
    /// ```
    pub fn around(value: f64, centre: f64, margin: f64, (min, max): (f64, f64)) -> Self {
        let cut = |number: f64| number.clamp(min, max);
        let (value, low, high) = (cut(value), cut(centre - margin), cut(centre + margin));
        // With one exact answer, the respondents that `adjusted_wald` adds outweigh it, and its figure lies outside.
        let (low, high) = (if value < low { value } else { low }, if value > high { value } else { high });
        Self { value, low, high }
    }

    /// The figure's standard error, as far as its interval tells: the longer of the interval's two sides, divided by
    /// 1.96. A side that was cut to the measure's bounds is too short, so the longer one is taken; where the sides differ
    /// for another reason, the standard error is rather too large than too small.
    ///
    /// ```
    /// use puls_statistics::Interval;
    /// let share = Interval::around(1.0, 1.0, 0.98, (0.0, 1.0));
    /// assert!((share.standard_error() - 0.5).abs() < 1e-4);
    /// ```
    pub fn standard_error(self) -> f64 {
        (self.high - self.value).max(self.value - self.low) / Z
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_beyond_its_interval_widens_it() {
        let found = Interval::around(0.0, 0.5, 0.25, (0.0, 1.0));
        assert_eq!(found, Interval { value: 0.0, low: 0.0, high: 0.75 });
    }

    #[test]
    fn nothing_is_beyond_what_is_possible() {
        let found = Interval::around(-0.5, -0.5, 2.0, (0.0, 1.0));
        assert_eq!(found, Interval { value: 0.0, low: 0.0, high: 1.0 });
    }
}
