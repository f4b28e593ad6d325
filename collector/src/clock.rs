//! The time of day. Waves depend on the day, and the sums of sealed surveys on the second.

use puls_core::wave::Day;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;

/// A clock in UTC. Clones of a clock always show the same time.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// This machine's clock.
    #[default]
    System,
    /// A clock that stands still until somebody [sets](Clock::set) it, so that no test depends on the day on which it
    /// runs.
    Set(Arc<AtomicU64>),
}

impl Clock {
    /// A clock that stands at `now_s`, in seconds since 1970-01-01.
    pub fn at(now_s: u64) -> Self {
        Self::Set(Arc::new(AtomicU64::new(now_s)))
    }

    /// Sets a clock that stands still. This machine's clock can't be set.
    pub fn set(&self, now_s: u64) {
        if let Self::Set(stands_at_s) = self {
            stands_at_s.store(now_s, Ordering::SeqCst);
        }
    }

    /// The time in seconds since 1970-01-01.
    pub(crate) fn now_s(&self) -> u64 {
        match self {
            Self::System => SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
            Self::Set(stands_at_s) => stands_at_s.load(Ordering::SeqCst),
        }
    }

    pub(crate) fn today(&self) -> Day {
        Day::since_1970(i32::try_from(self.now_s() / SECONDS_A_DAY).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_from_midnight_to_midnight() {
        let clock = Clock::at(86_399);
        assert_eq!(clock.today().to_string(), "1970-01-01");
        clock.clone().set(86_400);
        assert_eq!(clock.today().to_string(), "1970-01-02");
        clock.set(u64::MAX);
        assert_eq!(clock.today(), Day::since_1970(i32::MAX));
    }
}
