use crate::full::{Full, SealedReports};
use puls_core::FULL;
use puls_core::privacy::{Outcome, Prepared};
use std::rc::Rc;

/// What is on screen, with what only this screen needs.
#[derive(Clone)]
pub(crate) enum Screen {
    /// A shared device waits for somebody.
    Start,
    /// A shared device waits for the next person. Nothing is left of the last one.
    Curtain,
    /// The item at this index.
    Item(usize, Progress),
    /// The answers are handed over.
    Thanks {
        /// What was handed over.
        sent: Outgoing,
        /// The index of the thanks whose condition holds.
        thanks: usize,
        /// The indices of the ways out that are offered.
        routes: Vec<usize>,
    },
    /// The answers couldn't be handed over, and weren't.
    Failed,
}

/// How far the answers have come while an item is on screen.
#[derive(Clone)]
pub(crate) enum Progress {
    /// Answers are missing, or it isn't worked out yet what they lead to.
    Open,
    /// What the answers lead to, known until one of them changes.
    Known(Outgoing),
    /// The answers are joining a batch, whose outcome isn't known yet.
    Joining(Full),
}

/// What answers lead to.
#[derive(Clone)]
pub(crate) enum Outgoing {
    /// What was prepared. If it has reports, these aren't sealed yet.
    Prepared(Rc<Prepared>),
    /// Reports that are all sealed.
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
