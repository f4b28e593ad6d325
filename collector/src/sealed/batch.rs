use super::{GRACE_S, LATE_WAVES, SECONDS_A_DAY};
use puls_core::wave::{Period, Wave};
use sha2::{Digest, Sha256};
use std::ops::Range;

/// The reports of one task in one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(super) wave: Wave,
    /// The reports' times. Both bounds are multiples of the task's time precision, as reports' times are.
    pub(super) times_s: Range<u64>,
}

impl Batch {
    /// The batches that are over at `now_s` and may still be collected, the latest first.
    pub(super) fn over(period: Period, precision_s: u64, now_s: u64) -> Vec<Self> {
        let mut day = i32::try_from(now_s / SECONDS_A_DAY).unwrap_or(i32::MAX);
        let mut batches = Vec::new();
        for _ in 0..=LATE_WAVES {
            let days = Wave::days(period, day);
            batches.extend(
                Self::of(period, precision_s, &days).filter(|batch| batch.is_over(precision_s, now_s)),
            );
            day = days.start - 1;
        }
        batches
    }

    /// `None` if the wave is shorter than the precision to which times are rounded.
    fn of(period: Period, precision_s: u64, days: &Range<i32>) -> Option<Self> {
        let rounded = |day: i32| {
            let start_s = u64::try_from(day).unwrap_or(0) * SECONDS_A_DAY;
            start_s - start_s % precision_s.max(1)
        };
        let times_s = rounded(days.start)..rounded(days.end);
        (!times_s.is_empty()).then(|| Self { wave: Wave::of(period, days.start), times_s })
    }

    /// Whether all reports have arrived. A report's time is the start of the interval before the one in which it was
    /// made, so it may come a `precision_s` after the end of the times.
    fn is_over(&self, precision_s: u64, now_s: u64) -> bool {
        now_s >= self.times_s.end + precision_s + GRACE_S
    }

    /// The id of the collection, at the leader and in the database. It is the same whenever the batch is asked for.
    pub(super) fn id(&self, task: &[u8]) -> [u8; 16] {
        let mut digest = Sha256::new();
        digest.update(b"puls-collection/1");
        digest.update(task);
        digest.update(self.times_s.start.to_be_bytes());
        digest.update(self.times_s.end.to_be_bytes());
        let mut id = [0; 16];
        // Half of a digest is enough to tell any two batches apart.
        id.iter_mut().zip(digest.finalize()).for_each(|(to, byte)| *to = byte);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_core::wave::Day;

    const HOUR_S: u64 = 3_600;
    /// 2026-11-21T12:00:00Z, a Saturday.
    const NOW_S: u64 = 20_778 * SECONDS_A_DAY + 12 * HOUR_S;

    fn names(batches: &[Batch]) -> Vec<String> {
        batches.iter().map(|batch| batch.wave.to_string()).collect()
    }

    #[test]
    fn waves_that_are_over_are_asked_for() {
        let months = Batch::over(Period::Month, HOUR_S, NOW_S);
        assert_eq!(names(&months), ["2026-10", "2026-09", "2026-08", "2026-07", "2026-06"]);
        for pair in months.windows(2) {
            assert_eq!(pair[1].times_s.end, pair[0].times_s.start);
        }
        let weeks = Batch::over(Period::Week, HOUR_S, NOW_S);
        assert_eq!((weeks.len(), weeks[0].wave.to_string().as_str()), (5, "2026-W46"));
    }

    /// Mondays and Sundays, the ends of months and years, week 53, 29 February, and both changes of the clock.
    const DAYS: [&str; 14] = [
        "2026-11-30",
        "2026-11-29",
        "2026-12-01",
        "2026-12-31",
        "2027-01-01",
        "2027-01-03",
        "2027-01-04",
        "2028-02-28",
        "2028-02-29",
        "2028-03-01",
        "2026-03-29",
        "2026-10-25",
        "2026-03-08",
        "2026-11-01",
    ];

    #[test]
    fn each_day_has_the_waves_that_are_over_and_no_other() {
        let start_s = |day: Day| u64::try_from(day.days_since_1970()).unwrap() * SECONDS_A_DAY;
        let is_over = |wave: Wave, now_s| start_s(wave.last_day().plus(1)) + HOUR_S + GRACE_S <= now_s;
        for (day, hour) in DAYS.into_iter().flat_map(|day| [0, 1, 2, 12, 23].map(|hour| (day, hour))) {
            let now_s = start_s(Day::parse(day).unwrap()) + hour * HOUR_S;
            for period in [Period::Week, Period::Month, Period::Quarter] {
                let batches = Batch::over(period, HOUR_S, now_s);
                let latest = batches[0].wave;
                let next = Wave::of(period, latest.last_day().plus(1).days_since_1970());
                assert!(is_over(latest, now_s) && !is_over(next, now_s), "{day}, {hour}: {latest}");
                assert!(batches.windows(2).all(|pair| pair[1].times_s.end == pair[0].times_s.start));
                // The wave before the present one isn't over yet on its first day, and a part of the next.
                assert!((LATE_WAVES - 1..=LATE_WAVES).contains(&batches.len()), "{day}, {hour}");
            }
        }
    }

    #[test]
    fn a_wave_that_has_just_ended_waits_for_browsers_that_were_offline() {
        let monday_s = 20_780 * SECONDS_A_DAY;
        let due_s = monday_s + HOUR_S + GRACE_S;
        let latest = |now_s| Batch::over(Period::Week, HOUR_S, now_s)[0].wave.to_string();
        assert_eq!((latest(due_s - 1), latest(due_s)), ("2026-W46".to_owned(), "2026-W47".to_owned()));
    }

    /// Weeks since 1970 began on Thursdays.
    #[test]
    fn batches_fit_the_precision_without_a_gap() {
        let week_s = 7 * SECONDS_A_DAY;
        let batches = Batch::over(Period::Month, week_s, NOW_S);
        assert_eq!(names(&batches), ["2026-10", "2026-09", "2026-08", "2026-07", "2026-06"]);
        for batch in &batches {
            assert_eq!((batch.times_s.start % week_s, batch.times_s.end % week_s), (0, 0));
        }
        assert!(batches.windows(2).all(|pair| pair[1].times_s.end == pair[0].times_s.start));
    }

    #[test]
    fn each_task_and_wave_has_an_id_of_its_own() {
        let batches = Batch::over(Period::Week, HOUR_S, NOW_S);
        let ids: std::collections::BTreeSet<_> =
            batches.iter().flat_map(|batch| [batch.id(&[1; 32]), batch.id(&[2; 32])]).collect();
        assert_eq!(ids.len(), 2 * batches.len());
        assert_eq!(batches[0].id(&[1; 32]), Batch::over(Period::Week, HOUR_S, NOW_S + 1)[0].id(&[1; 32]));
    }
}
