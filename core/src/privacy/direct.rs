//! Each line's count is posted by itself, so that nobody can put one person's answers together again. The endpoint has
//! to be trusted.
//!
//! # Privacy
//! This promises nothing against the endpoint, which receives each answer as it was given, with the sender's address.
//! So the definition has to say that the endpoint is trusted, and the widget tells the respondent. What leaves is one
//! release for each line, in random order, under ids that are drawn independently. The outbox waits a random time
//! before each. So somebody who has the releases, but neither addresses nor times, can't tell which of them belong to
//! one person. Neighbours are any two people who answer: the releases of both together don't show which are whose.
//! Every line has a release, answered or not, so their number tells nothing.
//!
//! Cost: for each line one draw of 128 bits for the id, and one of 64 for the order.
//!
//! # Source
//! Fisher and Yates, "Statistical Tables" (1938), example 12, in Durstenfeld's form (1964), for the order.

use super::{Answered, Keep, Outcome, PrepareError, Protection, Release, release};
use crate::chance::shuffle;
use crate::definition::LineIndex;
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
            releases.push(Release::new(definition, id, *wave, segment, summary, LineIndex(line).into()));
        }
        Ok(Outcome::Apart(releases))
    }
}
