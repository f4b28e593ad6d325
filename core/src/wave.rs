//! Waves: the periods that releases are dated by. A release carries no other time.

mod day;
mod open;

use day::year_and_month;

pub use day::Day;
pub use open::{CLOCK_DAYS, LATE_DAYS, NotOpen};

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

/// A week, month or quarter. Waves of the same period sort by time.
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
                // A week belongs to the year that its Thursday lies in.
                let thursday = day - weekday(day) + 3;
                let (year, _) = year_and_month(thursday);
                Self { year, period, number: (thursday - january_first(year)) / 7 + 1 }
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
        wave.first_day().days_since_1970()..wave.last_day().plus(1).days_since_1970()
    }

    /// Its first day.
    ///
    /// ```
    /// use puls_core::wave::Wave;
    /// assert_eq!(Wave::parse("2026-W53").unwrap().first_day().to_string(), "2026-12-28");
    /// ```
    pub fn first_day(self) -> Day {
        self.first_day_after(0)
    }

    /// Its last day.
    pub fn last_day(self) -> Day {
        self.first_day_after(1).plus(-1)
    }

    /// The first day of the wave that comes so many `waves` later.
    fn first_day_after(self, waves: i64) -> Day {
        let number = self.number + waves - 1;
        let of_month = |month: i64| Day::of(self.year + month.div_euclid(12), month.rem_euclid(12) + 1, 1);
        match self.period {
            Period::Month => of_month(number),
            Period::Quarter => of_month(3 * number),
            Period::Week => {
                // January 4th lies in every year's first week.
                let day = january_first(self.year) + 3;
                Day::near(day - weekday(day) + 7 * number)
            }
        }
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
        let wave = Self { year: year.parse().ok()?, period, number };
        // Most years have no week 53. Its days would be the next year's first week, so the wave of its first day is
        // another one.
        (Self::of(period, wave.first_day().days_since_1970()) == wave).then_some(wave)
    }

    /// How long it lasts.
    pub fn period(self) -> Period {
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

/// January 1st of `year`, in days since 1970-01-01.
fn january_first(year: i64) -> i64 {
    let before = year - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162
}

/// From 0 for a Monday to 6 for a Sunday; 1970-01-01 was a Thursday.
fn weekday(days_since_1970: i64) -> i64 {
    (days_since_1970 + 3).rem_euclid(7)
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

    /// Monday and Sunday, week 53, the last and the first day of a year, 29 February, and both changes of the clock.
    #[test]
    fn each_wave_has_its_first_and_last_day() {
        for (wave, first, last) in [
            ("2026-W48", "2026-11-23", "2026-11-29"),
            ("2026-W49", "2026-11-30", "2026-12-06"),
            ("2026-W53", "2026-12-28", "2027-01-03"),
            ("2027-W01", "2027-01-04", "2027-01-10"),
            ("2025-W01", "2024-12-30", "2025-01-05"),
            ("2026-W13", "2026-03-23", "2026-03-29"),
            ("2026-W43", "2026-10-19", "2026-10-25"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2027-01", "2027-01-01", "2027-01-31"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("2026-02", "2026-02-01", "2026-02-28"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
            ("2028-Q1", "2028-01-01", "2028-03-31"),
            ("0000-01", "0000-01-01", "0000-01-31"),
        ] {
            let parsed = Wave::parse(wave).unwrap();
            let days = [parsed.first_day(), parsed.last_day()];
            assert_eq!(days.map(|day| day.to_string()), [first, last], "{wave}");
            for day in days {
                assert_eq!(Wave::of(parsed.period(), day.days_since_1970()), parsed, "{wave}");
            }
        }
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
            "2025-W53",
            "2027-W53",
            "2026-W00",
            "2026-00",
            "+026-11",
            "2026-11 ",
            "ååå-11",
        ] {
            assert_eq!(Wave::parse(text), None, "{text}");
        }
    }
}
