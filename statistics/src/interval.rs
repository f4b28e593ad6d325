//! A figure with the range that it is sure of.
//!
//! In come a figure, the range's centre and its half width; out goes a range that holds the figure and stays within what is possible.

/// The 97.5 % point of the standard normal distribution: an interval at 95 % reaches so many standard errors to both sides.
pub const Z: f64 = 1.959_963_984_540_054;

/// A figure with its 95 % interval, which holds it.
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
    /// An interval that reaches `margin` (0 or more) to both sides of `centre`. It and the figure are cut to what is possible, from
    /// `min` to `max`, and the interval is widened to hold the figure where that lies beyond one of its ends.
    ///
    /// ```
    /// use puls_statistics::Interval;
    /// let share = Interval::around(1.0, 0.875, 0.25, (0.0, 1.0));
    /// assert_eq!(share, Interval { value: 1.0, low: 0.625, high: 1.0 });
    /// ```
    pub fn around(value: f64, centre: f64, margin: f64, (min, max): (f64, f64)) -> Self {
        let cut = |number: f64| number.clamp(min, max);
        let (value, low, high) = (cut(value), cut(centre - margin), cut(centre + margin));
        // What is added to exact counts outweighs a single answer, whose figure the interval would leave out.
        let (low, high) = (if value < low { value } else { low }, if value > high { value } else { high });
        Self { value, low, high }
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
