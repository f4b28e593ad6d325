use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;
use std::time::Duration;

/// What befalls something that is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It never reaches the collector, and there is no answer.
    Lost,
    /// It reaches the collector, which stores it, and the answer is lost.
    Unanswered,
    /// It reaches the collector late, maybe after it was posted again.
    Delayed,
    /// It reaches the collector twice at once.
    Doubled,
    /// It reaches the collector after some that were posted later.
    Overtaken,
    /// It is turned away for now, with `Retry-After`.
    Busy,
}

impl Fault {
    /// Each of them.
    pub const ALL: [Self; 6] =
        [Self::Lost, Self::Unanswered, Self::Delayed, Self::Doubled, Self::Overtaken, Self::Busy];
}

/// As many faults a release has to bear, so that each arrives in the end.
const MOST_FAULTS: usize = 3;
/// Of each round of posts, so many go through as they should.
const FAITHFUL: usize = 2;
/// Longer than pages leave alone what another page is posting, where time passes twenty times as fast.
const LONGEST_DELAY_MS: u32 = 1500;

/// What happens to one post.
pub(super) struct Drawn {
    /// How many had been posted by then.
    pub(super) number: u64,
    pub(super) fault: Option<Fault>,
    pub(super) delay: Duration,
}

/// Draws faults as cards are drawn from a pack, which is shuffled when it is used up: the order is chance's, and yet
/// each fault comes as often as any other.
pub(super) struct Faults {
    rng: ChaCha12Rng,
    pack: Vec<Option<Fault>>,
    number: u64,
    /// How many each release has had.
    borne: BTreeMap<Vec<u8>, usize>,
}

impl Faults {
    pub(super) fn from_seed(seed: u64) -> Self {
        let rng = ChaCha12Rng::seed_from_u64(seed);
        Self { rng, pack: Vec::new(), number: 0, borne: BTreeMap::new() }
    }

    pub(super) fn draw(&mut self, release: &[u8]) -> Drawn {
        self.number += 1;
        let fault = self.fault(release);
        let delay = Duration::from_millis(self.below(LONGEST_DELAY_MS).into());
        Drawn { number: self.number, fault, delay }
    }

    fn fault(&mut self, release: &[u8]) -> Option<Fault> {
        if self.borne.get(release).is_some_and(|borne| *borne == MOST_FAULTS) {
            return None;
        }
        let fault = self.card();
        if fault.is_some() {
            *self.borne.entry(release.to_owned()).or_default() += 1;
        }
        fault
    }

    fn card(&mut self) -> Option<Fault> {
        if self.pack.is_empty() {
            self.pack = Fault::ALL.map(Some).into_iter().chain([None; FAITHFUL]).collect();
            // Each card changes places with one that lies below it, or with none.
            for (place, below) in (0..self.pack.len()).zip(1..) {
                let other = self.below(below) as usize;
                self.pack.swap(place, other);
            }
        }
        self.pack.pop().flatten()
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.rng.next_u32() % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_comes_as_often_as_any_other_and_the_same_seed_has_them_in_the_same_order() {
        let draw = |seed| {
            let mut faults = Faults::from_seed(seed);
            (0..800_u32).map(|post| faults.draw(&post.to_le_bytes()).fault).collect::<Vec<_>>()
        };
        let drawn = draw(1);
        assert!(
            Fault::ALL
                .iter()
                .all(|fault| drawn.iter().filter(|other| **other == Some(*fault)).count() == 100)
        );
        assert_eq!(drawn, draw(1));
        assert_ne!(drawn, draw(2));
    }

    #[test]
    fn a_release_that_has_borne_enough_goes_through() {
        let mut faults = Faults::from_seed(1);
        let drawn: Vec<_> = (0..80).map(|_| faults.draw(b"{}").fault).collect();
        assert_eq!(drawn.iter().flatten().count(), MOST_FAULTS);
    }
}
