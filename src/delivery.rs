//! The way out: a release or a sealed report, and nothing else, is handed to the page's outbox.
//!
//! The outbox itself is part of the loader (`www/widget/outbox.ts`), since what an earlier page view left
//! behind has to go out whether or not the widget is ever fetched.

use crate::browser::{Page, SealedReport};
use puls_core::privacy::Release;

/// When something leaves the page.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Departure {
    /// At once. When sums of several people leave tells of none how long they took.
    AtOnce,
    /// After a time drawn by chance, or with the page: the time between the first question and the post would tell how many
    /// questions there were, and so which way the answers led.
    Soon,
    /// The same, and longer: it is one of several that nothing may tie together.
    Apart,
}

impl Departure {
    /// As the outbox names it.
    fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Soon => "soon",
            Self::Apart => "apart",
        }
    }
}

/// Hands over a release. Only [`puls_core::privacy`] can make one, so nothing else can leave.
pub(crate) fn send(release: &Release, page: &Page, departure: Departure) {
    page.post(release.json(), departure.name());
}

/// Hands over a report. Only sealing can make one, of what only [`puls_core::privacy`] can make.
pub(crate) fn upload(report: &SealedReport, page: &Page) {
    page.upload(&report.url, &report.body, &report.shown);
}
