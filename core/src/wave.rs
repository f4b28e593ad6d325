//! The period that a release belongs to: the only time it carries.

use std::fmt;
use std::ops::Range;

/// How long a wave lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Period {
    /// An ISO 8601 week: `2026-W47`.
    Week,
    /// A calendar month: `2026-11`.
    #[default]
    Month,
    /// A calendar quarter: `2026-Q4`.
    Quarter,
}

impl Period {
    pub(crate) const NAMES: [(&'static str, Self); 3] =
        [("week", Self::Week), ("month", Self::Month), ("quarter", Self::Quarter)];

    /// As definitions name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }
}

/// A wave's name, which sorts by time among waves of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Wave {
    year: i64,
    period: Period,
    number: i64,
}

impl Wave {
    /// The wave that a day falls in, counted from 1970-01-01 in UTC.
    ///
    /// ```
    /// use puls_core::wave::{Period, Wave};
    /// let day = 20_778; // 2026-11-21, a Saturday
    /// assert_eq!(Wave::of(Period::Week, day).to_string(), "2026-W47");
    /// assert_eq!(Wave::of(Period::Month, day).to_string(), "2026-11");
    /// assert_eq!(Wave::of(Period::Quarter, day).to_string(), "2026-Q4");
    /// ```
    pub fn of(period: Period, days_since_1970: i32) -> Self {
        let day = i64::from(days_since_1970);
        let (year, month) = year_and_month(day);
        match period {
            Period::Month => Self { year, period, number: month },
            Period::Quarter => Self { year, period, number: (month + 2) / 3 },
            Period::Week => {
                // A week belongs to the year that its Thursday lies in; day 0 was a Thursday.
                let thursday = day - (day + 3).rem_euclid(7) + 3;
                let (year, _) = year_and_month(thursday);
                Self { year, period, number: (thursday - first_day(year)) / 7 + 1 }
            }
        }
    }

    /// The days of the wave that a day falls in, all counted from 1970-01-01 in UTC.
    ///
    /// ```
    /// use puls_core::wave::{Period, Wave};
    /// assert_eq!(Wave::days(Period::Week, 20_778), 20_773..20_780);
    /// ```
    pub fn days(period: Period, days_since_1970: i32) -> Range<i32> {
        let wave = Self::of(period, days_since_1970);
        let is_other = |day: &i32| Self::of(period, *day) != wave;
        // No wave has more than 92 days.
        let first = (days_since_1970 - 92..days_since_1970).rev().find(is_other).map(|day| day + 1);
        let end = (days_since_1970..days_since_1970 + 93).find(is_other);
        first.unwrap_or(days_since_1970)..end.unwrap_or(days_since_1970)
    }

    /// Reads a wave's name as releases carry it.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        let rest = rest.strip_prefix('-')?;
        let (period, digits, length, last) = match rest.as_bytes().first()? {
            b'W' => (Period::Week, rest.get(1..)?, 2, 53),
            b'Q' => (Period::Quarter, rest.get(1..)?, 1, 4),
            _ => (Period::Month, rest, 2, 12),
        };
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(year) || !is_number(digits) || digits.len() != length {
            return None;
        }
        let number = digits.parse().ok().filter(|number| (1..=last).contains(number))?;
        Some(Self { year: year.parse().ok()?, period, number })
    }

    /// How long it lasts.
    pub fn period(&self) -> Period {
        self.period
    }
}

impl fmt::Display for Wave {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, number, .. } = self;
        match self.period {
            Period::Week => write!(formatter, "{year:04}-W{number:02}"),
            Period::Month => write!(formatter, "{year:04}-{number:02}"),
            Period::Quarter => write!(formatter, "{year:04}-Q{number}"),
        }
    }
}

/// Proleptic Gregorian year and month (1 to 12) of a day counted from 1970-01-01.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn year_and_month(day: i64) -> (i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years start in March here, so that the leap day comes last.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month)
}

/// The day, counted from 1970-01-01, that January 1st of `year` is.
fn first_day(year: i64) -> i64 {
    let before = year - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(day: i32) -> String {
        Wave::of(Period::Week, day).to_string()
    }

    #[test]
    fn weeks_follow_iso_8601_around_new_year() {
        assert_eq!(week(0), "1970-W01");
        assert_eq!(week(18_627), "2020-W53"); // Thursday 2020-12-31
        assert_eq!(week(18_630), "2020-W53"); // Sunday 2021-01-03
        assert_eq!(week(18_631), "2021-W01"); // Monday 2021-01-04
        assert_eq!(week(20_087), "2025-W01"); // Monday 2024-12-30
    }

    #[test]
    fn leap_day_and_days_before_1970() {
        assert_eq!(Wave::of(Period::Month, 19_782).to_string(), "2024-02"); // 2024-02-29
        assert_eq!(Wave::of(Period::Month, 19_783).to_string(), "2024-03");
        assert_eq!(Wave::of(Period::Quarter, -1).to_string(), "1969-Q4");
    }

    #[test]
    fn every_wave_of_four_centuries_reads_back() {
        for day in (0..146_097).step_by(3) {
            for period in [Period::Week, Period::Month, Period::Quarter] {
                let wave = Wave::of(period, day);
                assert_eq!(Wave::parse(&wave.to_string()), Some(wave));
            }
        }
    }

    #[test]
    fn waves_follow_one_another_without_a_gap() {
        for (period, longest) in [(Period::Week, 7), (Period::Month, 31), (Period::Quarter, 92)] {
            let mut days = Wave::days(period, 0);
            while days.end < 146_097 {
                assert_eq!(Wave::of(period, days.start), Wave::of(period, days.end - 1));
                assert_ne!(Wave::of(period, days.end - 1), Wave::of(period, days.end));
                assert!(days.len() <= longest, "{days:?}");
                let next = Wave::days(period, days.end);
                assert_eq!(next.start, days.end);
                days = next;
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-W54",
            "2026-Q5",
            "2026-1",
            "2026-W+1",
            "+026-11",
            "2026-11 ",
            "ååå-11",
        ] {
            assert_eq!(Wave::parse(text), None, "{text}");
        }
    }
}
