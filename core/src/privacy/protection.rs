use super::{Answered, Keep, Outcome, PrepareError};
use crate::definition::{Counted, Definition};
use crate::wave::Wave;
use rand_core::TryCryptoRng;

/// Everything that a mechanism decides. Each mechanism has a file of its own, with its promise, its cost and its
/// source.
pub(super) trait Protection {
    /// Works out what leaves of one person's counts, now or later, and changes `keep` into what this browser has to
    /// remember then.
    fn protect<R: TryCryptoRng>(
        &self,
        answered: &Answered<'_>,
        keep: &mut Keep,
        rng: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>>;

    /// How many cells a release has for a line of `definition`.
    fn released_cells(&self, _definition: &Definition, line: &Counted<'_>) -> usize {
        line.cells
    }

    /// Whether the browser may send one more release in `wave`, whatever is answered.
    fn affords(&self, _definition: &Definition, _keep: &Keep, _wave: Wave) -> bool {
        true
    }
}

/// Stands for the mechanisms that this build can't read. No definition that was read has one.
pub(super) struct Unreadable;

impl Protection for Unreadable {
    fn protect<R: TryCryptoRng>(
        &self,
        _: &Answered<'_>,
        _: &mut Keep,
        _: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>> {
        Err(PrepareError::Unreadable)
    }
}

/// Evaluates `$result` with the [`Protection`] of a definition's mechanism. Only this macro knows which mechanism has
/// which.
macro_rules! protected_by {
    ($definition:expr, |$protection:ident| $result:expr) => {{
        use crate::definition::Mechanism;
        use crate::privacy::{
            batched::Batched, direct::Direct, protection::Unreadable, randomised::Randomised,
        };
        match &$definition.privacy {
            Mechanism::Randomised { epsilon, lifetime } => {
                let $protection = Randomised { epsilon: *epsilon, lifetime: *lifetime };
                $result
            }
            Mechanism::Batched { k } if crate::FULL => {
                let $protection = Batched { k: *k };
                $result
            }
            Mechanism::Direct if crate::FULL => {
                let $protection = Direct;
                $result
            }
            Mechanism::Sealed($protection) if crate::FULL => $result,
            Mechanism::Batched { .. } | Mechanism::Direct | Mechanism::Sealed(_) => {
                let $protection = Unreadable;
                $result
            }
        }
    }};
}
pub(super) use protected_by;
