use crate::browser::SealedReport;
use puls_core::privacy::Prepared;
use std::rc::Rc;

/// Proof that this is the full build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Full {
    /// `Some` in the full build, `None` in the plain one.
    pub(crate) fn here() -> Option<Self> {
        Some(Self)
    }
}

/// The sealed reports of something that was prepared. Stale once an answer changes; see `are_of`.
#[derive(Clone)]
pub(crate) struct SealedReports {
    of: Rc<Prepared>,
    reports: Rc<[SealedReport]>,
}

impl SealedReports {
    /// The sealed `reports` of `of`; `None` in the plain build.
    pub(crate) fn new(of: Rc<Prepared>, reports: Vec<SealedReport>) -> Option<Self> {
        Some(Self { of, reports: reports.into() })
    }

    /// Whether these are the reports of `prepared`, and not of something that was prepared earlier.
    pub(crate) fn are_of(&self, prepared: &Rc<Prepared>) -> bool {
        Rc::ptr_eq(&self.of, prepared)
    }

    /// The reports in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &SealedReport> {
        self.reports.iter()
    }
}
