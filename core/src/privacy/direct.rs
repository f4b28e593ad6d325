//! Posts that can't be put together again: each line's count by itself, where the endpoint is trusted.
//!
//! # Privacy
//! It promises nothing against the endpoint, which receives each answer as it was given, with the sender's
//! address; the definition has to say that it is trusted, and the widget tells the respondent. What leaves
//! is one release for each line, in an order drawn by chance, under ids drawn apart, which say nothing of
//! one another. The outbox lets a time drawn by chance pass before each. So somebody who has the releases,
//! but not addresses and times, can't tell which belong to one person. Neighbours are any two people who
//! answer: whose are whose doesn't show in the releases of both. Every line has its release, whether it was
//! answered or not, so how many there are tells nothing.
//!
//! Cost: a draw of 128 bits for each line, and one of 64 to shuffle it.
//!
//! # Source
//! Fisher and Yates, "Statistical Tables" (1938), example 12, in Durstenfeld's form (1964), for the order.

use super::{Answered, Keep, Outcome, PrepareError, Protection, Release, release};
use crate::chance::shuffle;
use rand_core::TryCryptoRng;

/// Releases each line of one person's answers by itself.
pub(super) struct Direct;

impl Protection for Direct {
    fn protect<R: TryCryptoRng>(
        &self,
        answered: &Answered<'_>,
        _: &mut Keep,
        rng: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>> {
        let Answered { definition, segment, wave, summary } = answered;
        let mut lines: Vec<usize> = (0..summary.items().len()).collect();
        shuffle(&mut lines, rng).map_err(PrepareError::Randomness)?;
        let mut releases = Vec::new();
        for line in lines {
            let id = release::draw_id(rng).map_err(PrepareError::Randomness)?;
            releases.push(Release::new(definition, id, *wave, segment, summary, line..line + 1));
        }
        Ok(Outcome::Apart(releases))
    }
}
