//! What one browser's releases may tell in all.
//!
//! Whatever is sent of a line is drawn around its permanent reports. So all of it together tells no more of an answer
//! than these do, and these lose ε∞: what the lifetime ε leaves when they are drawn, split over lines as ε is. Each
//! time that what is sent in a wave is drawn, the line is charged with its part of ε, until it has been charged ε∞;
//! later waves cost nothing. To which answers that belongs isn't kept, since it would be what was answered. Charges
//! add up over lines, waves and versions of a survey to the ε that is spent, which never exceeds the lifetime ε.

use super::Keep;
use crate::read::Decimal;

/// This browser has told as much as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent;

/// What a release costs.
pub(super) struct Charge {
    /// ε to be added to what is spent.
    pub(super) epsilon: Decimal,
    /// ε∞ of permanent reports that have to be drawn: so many times a line's part of ε.
    pub(super) times: Decimal,
}

/// What a release would tell, line by line, held against what a browser may still tell.
pub(super) struct Account {
    /// Of a whole release.
    epsilon: Decimal,
    /// What the lifetime ε leaves.
    left: Decimal,
    /// Of the lines so far.
    told: f64,
    /// What has to be left, however little is told.
    least: Decimal,
}

impl Account {
    /// Before the first line of a release of `epsilon`, in a browser that may spend `lifetime` in all.
    pub(super) fn open(epsilon: Decimal, lifetime: Decimal, keep: &Keep) -> Self {
        Self { epsilon, left: lifetime - keep.spent(), told: 0.0, least: Decimal::default() }
    }

    /// Adds a line with this part of ε, of which such a share is told anew: nothing where permanent reports have to
    /// be drawn first.
    pub(super) fn tell(&mut self, part: f64, share: Option<f64>) {
        if share.is_none() {
            // Permanent reports can't lose less than what is sent.
            self.least = self.epsilon;
        }
        self.told += part * share.unwrap_or(1.0);
    }

    /// What the release costs.
    pub(super) fn charge(self) -> Result<Charge, Spent> {
        // Rounding aside, all lines together have the release's ε.
        let told = Decimal::nearest(self.told).min(self.epsilon);
        if told.max(self.least) > self.left {
            return Err(Spent);
        }
        Ok(Charge { epsilon: told, times: self.left.over(self.epsilon) })
    }
}
