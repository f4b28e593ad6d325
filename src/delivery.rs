//! The way out: a release or a sealed report, and nothing else, is handed to the page's outbox.
//!
//! The outbox itself is part of the loader (`www/widget/outbox.ts`), since what an earlier page view left
//! behind has to go out whether or not the widget is ever fetched.

use crate::browser::{Page, SealedReport};
use puls_core::privacy::Release;

/// Hands over a release, which is posted after a time drawn by chance where it is one of several that
/// nothing may tie together. Only [`puls_core::privacy`] can make one, so nothing else can leave.
pub(crate) fn send(release: &Release, page: &Page, apart: bool) {
    page.post(release.json(), apart);
    page.emit("puls-released", release.json());
}

/// Hands over a report. Only sealing can make one, of what only [`puls_core::privacy`] can make.
pub(crate) fn upload(report: &SealedReport, page: &Page) {
    page.upload(&report.url, &report.body);
    page.emit("puls-released", &report.shown);
}
