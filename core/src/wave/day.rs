use serde::{Serialize, Serializer};
use std::fmt;

/// A day in UTC, written as `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i32);

/// Days from 0000-03-01 to 1970-01-01.
const BEFORE_1970: i64 = 719_468;

/// Days in 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

impl Day {
    /// The day so many days after 1970-01-01.
    ///
    /// ```
    /// use puls_core::wave::Day;
    /// assert_eq!(Day::since_1970(20_778).to_string(), "2026-11-21");
    /// ```
    pub const fn since_1970(days: i32) -> Self {
        Self(days)
    }

    /// Counted from 1970-01-01.
    pub const fn days_since_1970(self) -> i32 {
        self.0
    }

    /// The day so many days later, or earlier where `days` is below 0.
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Reads a day such as `2026-11-21`.
    ///
    /// ```
    /// use puls_core::wave::Day;
    /// assert_eq!(Day::parse("2024-02-29").map(Day::days_since_1970), Some(19_782));
    /// assert_eq!(Day::parse("2026-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.splitn(3, '-').map(|number| number.parse().ok());
        let day = Self::of(numbers.next()??, numbers.next()??, numbers.next()??);
        // Other notations, and days that don't exist, are written differently.
        (day.to_string() == text).then_some(day)
    }

    /// A day of the proleptic Gregorian calendar; months and days count from 1.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    pub(super) fn of(year: i64, month: i64, day: i64) -> Self {
        // Years start in March here, so that the leap day comes last.
        let year = if month <= 2 { year - 1 } else { year };
        let year_of_era = year.rem_euclid(400);
        let month_from_march = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self::near(year.div_euclid(400) * ERA_DAYS + day_of_era - BEFORE_1970)
    }

    /// The day so many days after 1970-01-01, or the nearest one that a [`Day`] can hold.
    pub(super) fn near(days_since_1970: i64) -> Self {
        let bound = if days_since_1970 < 0 { i32::MIN } else { i32::MAX };
        Self(i32::try_from(days_since_1970).unwrap_or(bound))
    }

    /// Proleptic Gregorian year, month (1 to 12) and day (1 to 31).
    fn civil(self) -> (i64, i64, i64) {
        let (year, month) = year_and_month(self.0.into());
        let first = Self::of(year, month, 1);
        (year, month, i64::from(self.0) - i64::from(first.0) + 1)
    }
}

/// Proleptic Gregorian year and month (1 to 12) of a day counted from 1970-01-01.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
pub(super) fn year_and_month(day: i64) -> (i64, i64) {
    let shifted = day + BEFORE_1970;
    let era = shifted.div_euclid(ERA_DAYS);
    let day_of_era = shifted.rem_euclid(ERA_DAYS);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years start in March here, so that the leap day comes last.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month)
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

/// As its text.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_reads_back() {
        for days in -146_097..146_097 {
            let day = Day::since_1970(days);
            let (year, month, of_month) = day.civil();
            assert_eq!(Day::of(year, month, of_month), day, "{day}");
        }
        assert_eq!(Day::parse("1970-01-01"), Some(Day::since_1970(0)));
        assert_eq!(Day::parse("0000-03-01"), Some(Day::since_1970(-719_468)));
    }

    #[test]
    fn other_texts_are_no_days() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-31",
            "2025-02-29",
            "2026-13-01",
            "26-11-21",
            "2026-1-1",
            "2026-11-21 ",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_to_the_end_of_the_calendar() {
        assert_eq!(Day::since_1970(i32::MAX).plus(1), Day::since_1970(i32::MAX));
        assert_eq!(Day::near(i64::MAX), Day::since_1970(i32::MAX));
        assert_eq!(Day::near(i64::MIN), Day::since_1970(i32::MIN));
    }
}
