use super::Page;
use js_sys::{Array, Uint8Array};
use puls_core::definition::Sealed;
use puls_core::privacy::{Report, Tally};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Reports that only their two aggregators can open, each its half. Only [`seal`] makes them.
#[derive(Clone)]
pub(crate) struct SealedReports {
    reports: Rc<[SealedReport]>,
    /// What makes this impossible elsewhere.
    _full: Full,
}

/// A report, as the page has sealed it.
pub(crate) struct SealedReport {
    /// Where it is uploaded.
    pub(crate) url: String,
    /// The message itself, in base64.
    pub(crate) body: String,
    /// What can be read of it, as JSON for people.
    pub(crate) shown: String,
}

/// There is none in the plain build: so the compiler leaves out what would be done with sealed reports there.
#[cfg(any(feature = "full", not(target_arch = "wasm32")))]
#[derive(Clone, Copy)]
struct Full;

#[cfg(not(any(feature = "full", not(target_arch = "wasm32"))))]
#[derive(Clone, Copy)]
enum Full {}

impl Full {
    #[cfg(any(feature = "full", not(target_arch = "wasm32")))]
    fn here() -> Option<Self> {
        Some(Self)
    }

    #[cfg(not(any(feature = "full", not(target_arch = "wasm32"))))]
    fn here() -> Option<Self> {
        None
    }
}

impl SealedReports {
    fn new(reports: Vec<SealedReport>) -> Option<Self> {
        Some(Self { reports: reports.into(), _full: Full::here()? })
    }

    /// One that nobody has sealed, for screens that are rendered natively.
    #[cfg(test)]
    pub(crate) fn made_up(shown: &str) -> Self {
        let report = SealedReport { url: String::new(), body: String::new(), shown: shown.to_owned() };
        Self::new(vec![report]).unwrap()
    }

    /// Each of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &SealedReport> {
        self.reports.iter()
    }
}

/// Has the page split and seal reports, and calls `done` with what comes of it: all of them, or nothing, and then the
/// page has been told why.
pub(crate) fn seal(
    page: &Page,
    aggregators: &Sealed,
    reports: &[Report],
    done: impl FnOnce(Option<SealedReports>) + 'static,
) {
    let answers: Array = reports.iter().map(answer).collect();
    let done = Closure::once_into_js(move |sealed: JsValue| done(read(&sealed)));
    let Sealed { leader, helper, time_precision_s, .. } = aggregators;
    page.seal(leader, helper, *time_precision_s, &answers, &done);
}

/// Task, whether there may be several, and a byte for each cell.
fn answer(report: &Report) -> Array {
    let (several, cells) = match report.tally() {
        Tally::One { cell, length } => (false, (0..*length).map(|at| u8::from(at == *cell)).collect()),
        Tally::Several(bits) => (true, bits.iter().map(|bit| u8::from(*bit)).collect::<Vec<_>>()),
    };
    Array::of3(&report.task().into(), &several.into(), &Uint8Array::from(cells.as_slice()))
}

/// Reads address, message and what is shown, for each report in turn.
fn read(sealed: &JsValue) -> Option<SealedReports> {
    let texts: Option<Vec<String>> = sealed.dyn_ref::<Array>()?.iter().map(|text| text.as_string()).collect();
    let mut texts = texts?.into_iter();
    let mut reports = Vec::new();
    while let (Some(url), Some(body), Some(shown)) = (texts.next(), texts.next(), texts.next()) {
        reports.push(SealedReport { url, body, shown });
    }
    SealedReports::new(reports)
}
