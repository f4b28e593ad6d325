use super::Page;
use crate::full::SealedReports;
use js_sys::{Array, Uint32Array};
use puls_core::definition::Sealed;
use puls_core::privacy::{Outcome, Prepared, Report, Tally};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A report of which each aggregator can open only its own share. Only [`seal`] makes one.
pub(crate) struct SealedReport {
    /// Where it is uploaded.
    pub(crate) url: String,
    /// The message itself, in base64.
    pub(crate) body: String,
    /// The readable part of the message, as JSON for people.
    pub(crate) shown: String,
}

/// Has the page split and seal the reports of `prepared`, and calls `done` with all of them. If one fails, the glue
/// tells the page why, and `done` gets `None`.
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

/// A report as the glue takes it: the task, the bits of each number, and one number for each cell. 0 bits mean that one
/// number is 1 and all others are 0.
fn answer(report: &Report) -> Array {
    let (bits, cells) = match report.tally() {
        Tally::One { cell, length } => (0, (0..*length).map(|at| u32::from(at == *cell)).collect()),
        Tally::Numbers { numbers, bits } => (*bits, numbers.clone()),
    };
    Array::of3(&report.task().into(), &bits.into(), &Uint32Array::from(cells.as_slice()))
}

/// Reads three texts for each report: address, message and readable part.
fn read(sealed: &JsValue) -> Option<Vec<SealedReport>> {
    let texts: Option<Vec<String>> = sealed.dyn_ref::<Array>()?.iter().map(|text| text.as_string()).collect();
    let mut texts = texts?.into_iter();
    let mut reports = Vec::new();
    while let (Some(url), Some(body), Some(shown)) = (texts.next(), texts.next(), texts.next()) {
        reports.push(SealedReport { url, body, shown });
    }
    Some(reports)
}
