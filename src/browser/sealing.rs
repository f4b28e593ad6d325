use super::Page;
use crate::full::SealedReports;
use js_sys::{Array, Uint32Array};
use puls_core::definition::Sealed;
use puls_core::privacy::{Outcome, Prepared, Report, Tally};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A report that only its two aggregators can open, each its half. Only [`seal`] makes one.
pub(crate) struct SealedReport {
    /// Where it is uploaded.
    pub(crate) url: String,
    /// The message itself, in base64.
    pub(crate) body: String,
    /// What can be read of it, as JSON for people.
    pub(crate) shown: String,
}

/// Has the page split and seal reports, and calls `done` with what comes of it: all of them, or nothing, and then the
/// page has been told why.
pub(crate) fn seal(
    page: &Page,
    aggregators: &Sealed,
    prepared: Rc<Prepared>,
    done: impl FnOnce(Option<SealedReports>) + 'static,
) {
    let Outcome::Sealed(reports) = &prepared.outcome else { return };
    let answers: Array = reports.iter().map(answer).collect();
    let of = Rc::clone(&prepared);
    let done = Closure::once_into_js(move |sealed: JsValue| {
        done(read(&sealed).and_then(|reports| SealedReports::new(of, reports)));
    });
    let Sealed { leader, helper, time_precision_s, .. } = aggregators;
    page.seal(leader, helper, *time_precision_s, &answers, &done);
}

/// Task, how many bits a number has, which is 0 where one of them is 1 and all others 0, and a number for each cell.
fn answer(report: &Report) -> Array {
    let (bits, cells) = match report.tally() {
        Tally::One { cell, length } => (0, (0..*length).map(|at| u32::from(at == *cell)).collect()),
        Tally::Numbers { numbers, bits } => (*bits, numbers.clone()),
    };
    Array::of3(&report.task().into(), &bits.into(), &Uint32Array::from(cells.as_slice()))
}

/// Reads address, message and what is shown, for each report in turn.
fn read(sealed: &JsValue) -> Option<Vec<SealedReport>> {
    let texts: Option<Vec<String>> = sealed.dyn_ref::<Array>()?.iter().map(|text| text.as_string()).collect();
    let mut texts = texts?.into_iter();
    let mut reports = Vec::new();
    while let (Some(url), Some(body), Some(shown)) = (texts.next(), texts.next(), texts.next()) {
        reports.push(SealedReport { url, body, shown });
    }
    Some(reports)
}
