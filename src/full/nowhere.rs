use crate::browser::SealedReport;
use puls_core::privacy::Prepared;
use std::rc::Rc;

/// Proof that this is the full build. The plain build has none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {}

impl Full {
    /// None.
    pub(crate) fn here() -> Option<Self> {
        None
    }
}

/// Sealed reports, of which the plain build has none.
#[derive(Clone)]
pub(crate) enum SealedReports {}

impl SealedReports {
    /// None.
    pub(crate) fn new(_: Rc<Prepared>, _: Vec<SealedReport>) -> Option<Self> {
        None
    }

    /// Never called: there is no value of this type.
    pub(crate) fn are_of(&self, _: &Rc<Prepared>) -> bool {
        match *self {}
    }

    /// Never called: there is no value of this type.
    pub(crate) fn iter(&self) -> std::iter::Empty<&SealedReport> {
        match *self {}
    }
}
