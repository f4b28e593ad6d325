use crate::full::{Full, SealedReports};
use puls_core::FULL;
use puls_core::privacy::{Outcome, Prepared};
use std::rc::Rc;

/// One screenful, and what there is on it alone.
#[derive(Clone)]
pub(crate) enum Screen {
    /// A shared device waits for somebody.
    Start,
    /// It does so after somebody, of whom nothing is left.
    Curtain,
    /// The item at this index.
    Item(usize, Progress),
    /// All answered and handed over.
    Thanks {
        /// What was handed over.
        sent: Outgoing,
        /// The index of the thanks that applied.
        thanks: usize,
        /// The ways out that are offered, as indices.
        routes: Vec<usize>,
    },
    /// Nothing could be handed over, and nothing was.
    Failed,
}

/// What has become of the answers while they are given.
#[derive(Clone)]
pub(crate) enum Progress {
    /// Some are missing, or what they lead to isn't worked out yet.
    Open,
    /// What they lead to is known, until one of them changes.
    Known(Outgoing),
    /// They are joining those of others, and wait for what becomes of these.
    Joining(Full),
}

/// What answers lead to.
#[derive(Clone)]
pub(crate) enum Outgoing {
    /// What was prepared. Reports in it aren't sealed yet.
    Prepared(Rc<Prepared>),
    /// These reports, all of them sealed.
    Sealed(SealedReports),
}

impl Outgoing {
    /// Whether it can be handed over as it is.
    pub(crate) fn is_ready(&self) -> bool {
        match self {
            Self::Prepared(prepared) => !(FULL && matches!(prepared.outcome, Outcome::Sealed(_))),
            Self::Sealed(_) => true,
        }
    }
}
