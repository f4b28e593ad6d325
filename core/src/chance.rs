//! Unbiased draws from randomness that the caller passes in.

use rand_core::TryRng;

/// Draws a whole number below `bound` (1 or more) without bias, by rejection.
pub(crate) fn draw_below<R: TryRng>(bound: u64, rng: &mut R) -> Result<u64, R::Error> {
    // The largest multiple of `bound` that fits: draws from there on would favour small numbers.
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let draw = rng.try_next_u64()?;
        if draw < limit {
            return Ok(draw % bound);
        }
    }
}

/// The integer that a 64-bit draw is below with probability `share`, or with slightly less, never more.
pub(crate) fn threshold(share: f64) -> u64 {
    // The rounding of an exponential and a division stays below 2^13 of 2^64. Giving up 2^14 keeps what is drawn
    // at or below the share, by less than one part in 10^12.
    #[expect(clippy::cast_possible_truncation, reason = "rounds down on purpose, and saturates")]
    let threshold = ((share * 2_f64.powi(64)) as u64).saturating_sub(1 << 14);
    threshold
}

/// Shuffles a list (Fisher and Yates): every order is equally likely.
pub(crate) fn shuffle<R: TryRng>(list: &mut [usize], rng: &mut R) -> Result<(), R::Error> {
    for last in (1..list.len()).rev() {
        let other = usize::try_from(draw_below(last as u64 + 1, rng)?).unwrap_or(last);
        list.swap(last, other);
    }
    Ok(())
}
