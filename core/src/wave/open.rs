//! When the collector accepts releases of a wave.
//!
//! A wave's figures have to be final some day, and nobody answers in a wave of the past. So a wave is open from its
//! first day until a month after its last, since browsers keep undelivered releases for 30 days. A wave that was over
//! before its version of the survey was first served never opens, since nobody can have answered in it.

use super::{Day, Wave};

/// For how many days after a wave's last day its releases are accepted.
pub const LATE_DAYS: i32 = 31;

/// By how many days a browser's clock may be wrong.
pub const CLOCK_DAYS: i32 = 2;

/// Why releases of a wave aren't accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotOpen {
    /// The wave hasn't begun.
    #[error("{wave} has not begun; releases are taken from {opens} on; is the device's clock right?")]
    NotBegun {
        /// The wave.
        wave: Wave,
        /// The first day on which it is open.
        opens: Day,
    },
    /// The wave was over before anybody could have answered.
    #[error("{wave} ended on {last}, before this version of the survey was first served, on {first_served}")]
    NotServed {
        /// The wave.
        wave: Wave,
        /// Its last day.
        last: Day,
        /// The day on which this version was first served.
        first_served: Day,
    },
    /// The wave's figures are final.
    #[error("{wave} closed after {until}; releases are taken until {LATE_DAYS} days after a wave's last day")]
    Closed {
        /// The wave.
        wave: Wave,
        /// The last day on which it was open.
        until: Day,
    },
}

impl Wave {
    /// Checks whether releases of this wave are accepted `today`, for a version of a survey that was first served on
    /// `first_served`. An unknown day sets no limit.
    ///
    /// ```
    /// use puls_core::wave::{Day, Wave};
    /// let november = Wave::parse("2026-11").unwrap();
    /// let on = |text| november.check_open(Day::parse(text).unwrap(), None).is_ok();
    /// assert_eq!((on("2026-10-29"), on("2026-10-30")), (false, true));
    /// assert_eq!((on("2026-12-31"), on("2027-01-01")), (true, false));
    /// ```
    ///
    /// # Errors
    /// [`NotOpen`], which says why and what is allowed.
    pub fn check_open(self, today: Day, first_served: Option<Day>) -> Result<(), NotOpen> {
        let (opens, last) = (self.first_day().plus(-CLOCK_DAYS), self.last_day());
        if today < opens {
            return Err(NotOpen::NotBegun { wave: self, opens });
        }
        if self.is_closed(today) {
            return Err(NotOpen::Closed { wave: self, until: self.open_until() });
        }
        match first_served.filter(|served| last.plus(CLOCK_DAYS) < *served) {
            Some(first_served) => Err(NotOpen::NotServed { wave: self, last, first_served }),
            None => Ok(()),
        }
    }

    /// Whether its figures are final `today`.
    pub fn is_closed(self, today: Day) -> bool {
        today > self.open_until()
    }

    /// The last day on which its releases are accepted.
    fn open_until(self) -> Day {
        self.last_day().plus(LATE_DAYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(text: &str) -> Wave {
        Wave::parse(text).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// The first and the last day on which a wave is open.
    fn open(text: &str) -> [String; 2] {
        let (wave, around) = (wave(text), wave(text).first_day().days_since_1970());
        let days = (around - 200..around + 200).map(Day::since_1970);
        let open: Vec<Day> = days.filter(|day| wave.check_open(*day, None).is_ok()).collect();
        assert!(open.windows(2).all(|pair| pair[0].plus(1) == pair[1]), "{text} opens twice");
        [open[0], open[open.len() - 1]].map(|day| day.to_string())
    }

    #[test]
    fn waves_open_two_days_early_and_close_after_a_month() {
        assert_eq!(open("2026-11"), ["2026-10-30", "2026-12-31"]);
        // Over the end of a year, and over 29 February.
        assert_eq!(open("2026-12"), ["2026-11-29", "2027-01-31"]);
        assert_eq!(open("2028-02"), ["2028-01-30", "2028-03-31"]);
        assert_eq!(open("2028-01"), ["2027-12-30", "2028-03-02"]);
        // A year that has a week 53, from Monday to Sunday.
        assert_eq!(open("2026-W53"), ["2026-12-26", "2027-02-03"]);
        assert_eq!(open("2027-W01"), ["2027-01-02", "2027-02-10"]);
        assert_eq!(open("2026-Q4"), ["2026-09-29", "2027-01-31"]);
        // Both changes of the clock in Europe, and in America.
        assert_eq!(open("2026-W13"), ["2026-03-21", "2026-04-29"]);
        assert_eq!(open("2026-W43"), ["2026-10-17", "2026-11-25"]);
        assert_eq!(open("2026-W10"), ["2026-02-28", "2026-04-08"]);
        assert_eq!(open("2026-W44"), ["2026-10-24", "2026-12-02"]);
    }

    #[test]
    fn a_wave_that_was_over_before_its_version_was_served_never_opens() {
        let october = wave("2026-10");
        let on = |served: &str| october.check_open(day("2026-11-15"), Some(day(served)));
        assert_eq!(on("2026-11-02"), Ok(()), "two days are a clock's");
        assert_eq!(
            on("2026-11-03").unwrap_err().to_string(),
            "2026-10 ended on 2026-10-31, before this version of the survey was first served, on 2026-11-03"
        );
        assert_eq!(october.check_open(day("2026-11-15"), None), Ok(()));
    }

    #[test]
    fn what_is_refused_says_what_is_allowed() {
        let refused = |text: &str| wave(text).check_open(day("2026-11-30"), None).unwrap_err().to_string();
        assert_eq!(
            refused("1970-01"),
            "1970-01 closed after 1970-03-03; releases are taken until 31 days after a wave's last day"
        );
        assert_eq!(
            refused("0000-01"),
            "0000-01 closed after 0000-03-02; releases are taken until 31 days after a wave's last day"
        );
        assert_eq!(
            refused("9999-Q4"),
            "9999-Q4 has not begun; releases are taken from 9999-09-29 on; is the device's clock right?"
        );
    }
}
