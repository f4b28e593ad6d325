//! How much all releases of one browser together may tell.
//!
//! Everything that is sent of a line is drawn around its permanent reports. So all of it together tells no more about
//! an answer than the permanent reports do. These lose ε∞: what is left of the lifetime ε when they are drawn, split
//! over the lines in the same way as ε. Each wave in which a line draws what it sends charges it with its part of ε,
//! until the charges reach ε∞; later waves cost nothing. Charges are per line, not per answer: a record of charged
//! answers would be a record of what was answered. The charges of all lines, waves and versions of a survey add up to
//! the ε that is spent, which never exceeds the lifetime ε.

use super::Keep;
use crate::read::Decimal;

/// This browser has spent its lifetime ε.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent;

/// What a release costs.
pub(super) struct Charge {
    /// The ε to add to what is spent.
    pub(super) epsilon: Decimal,
    /// ε∞ of permanent reports that have to be drawn, as a multiple of a line's part of ε.
    pub(super) times: Decimal,
}

/// Adds up, line by line, what a release would tell, and compares it with what the browser may still tell.
pub(super) struct Account {
    /// The ε of a whole release.
    epsilon: Decimal,
    /// What is left of the lifetime ε.
    left: Decimal,
    /// What the lines so far tell.
    told: f64,
    /// What has to be left at least, however little is told.
    least: Decimal,
}

impl Account {
    /// An account for a release of `epsilon`, in a browser that may spend `lifetime` in all. It has no lines yet.
    pub(super) fn open(epsilon: Decimal, lifetime: Decimal, keep: &Keep) -> Self {
        Self { epsilon, left: lifetime - keep.spent(), told: 0.0, least: Decimal::default() }
    }

    /// Adds a line with this part of ε, of which it newly tells this `share`; `None` where its permanent reports have
    /// to be drawn first.
    pub(super) fn tell(&mut self, part: f64, share: Option<f64>) {
        if share.is_none() {
            // Permanent reports lose at least as much as what is sent around them.
            self.least = self.epsilon;
        }
        self.told += part * share.unwrap_or(1.0);
    }

    /// What the release costs, if the browser can still afford it.
    pub(super) fn charge(self) -> Result<Charge, Spent> {
        // All lines together have the release's ε; `min` takes away what rounding adds.
        let told = Decimal::nearest(self.told).min(self.epsilon);
        if told.max(self.least) > self.left {
            return Err(Spent);
        }
        Ok(Charge { epsilon: told, times: self.left.over(self.epsilon) })
    }
}
