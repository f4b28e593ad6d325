use crate::browser::SealedReport;
use puls_core::privacy::Prepared;
use std::rc::Rc;

/// Proof that this is the full build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Full {
    /// One, where there is any.
    pub(crate) fn here() -> Option<Self> {
        Some(Self)
    }
}

/// What was prepared, as reports that are sealed.
#[derive(Clone)]
pub(crate) struct SealedReports {
    of: Rc<Prepared>,
    reports: Rc<[SealedReport]>,
}

impl SealedReports {
    /// Reports that `of` was sealed as.
    pub(crate) fn new(of: Rc<Prepared>, reports: Vec<SealedReport>) -> Option<Self> {
        Some(Self { of, reports: reports.into() })
    }

    /// Whether this is what became of `prepared`.
    pub(crate) fn are_of(&self, prepared: &Rc<Prepared>) -> bool {
        Rc::ptr_eq(&self.of, prepared)
    }

    /// Each of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &SealedReport> {
        self.reports.iter()
    }
}
