//! Hands releases and sealed reports, and nothing else, to the page's outbox.
//!
//! The outbox itself is part of the glue (`www/widget/outbox.ts`). The loader fetches the glue alone when an earlier
//! page view has left something in the outbox, so that it goes out even if no survey is shown.

use crate::browser::{Page, SealedReport};
use puls_core::privacy::Release;

/// When a release or report leaves the page.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Departure {
    /// At once. The time says nothing about one person where a release sums up several.
    AtOnce,
    /// After a random time, or when the page is left. Otherwise the time from the first question to the post would tell
    /// how many questions there were, and so which way the answers led.
    Soon,
    /// After a longer random time, since it is one of several releases that nothing may tie together.
    Apart,
}

impl Departure {
    /// The name that the outbox knows it by.
    fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Soon => "soon",
            Self::Apart => "apart",
        }
    }
}

/// Hands over a release. Nothing else fits here, and only [`puls_core::privacy`] can make one.
pub(crate) fn send(release: &Release, page: &Page, departure: Departure) {
    page.post(release.json(), departure.name());
}

/// Hands over a sealed report. Only sealing can make one, from reports that only [`puls_core::privacy`] can make.
pub(crate) fn upload(report: &SealedReport, page: &Page) {
    page.upload(&report.url, &report.body, &report.shown);
}
