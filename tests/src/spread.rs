//! Figures that were measured again and again.

use std::fmt;

/// The middle and the ends of some figures. It is written with as many decimals as the format asks for.
pub struct Spread {
    /// Half of the figures are below.
    pub median: f64,
    least: f64,
    most: f64,
}

impl Spread {
    /// That of these figures; without any, nothing but NaN.
    pub fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let at = |index: usize| figures.get(index).copied().unwrap_or(f64::NAN);
        let middle = figures.len() / 2;
        let median = if figures.len() % 2 == 1 { at(middle) } else { (at(middle - 1) + at(middle)) / 2.0 };
        Self { median, least: at(0), most: at(figures.len() - 1) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, least, most } = self;
        let decimals = formatter.precision().unwrap_or(0);
        write!(formatter, "{median:.decimals$} ({least:.decimals$}–{most:.decimals$})")
    }
}
