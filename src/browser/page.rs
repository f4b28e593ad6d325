use js_sys::Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// What the glue does for a survey: storage, events and the outbox. It can do all of that before the WebAssembly is
    /// there. None of these functions throws.
    #[derive(Clone)]
    pub type Page;

    /// What this browser kept of the survey when it was opened, as text.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kept(this: &Page) -> Option<String>;

    /// Calls `change` with what this browser keeps of a survey, and keeps the text that `change` returns, if any.
    /// Meanwhile no other page or element can change it; changes happen in the order of the calls. If the respondent
    /// asks not to be tracked, the text is kept for this session only. If it `lasts`, its parts that tell of no answer
    /// and no visit are kept all the same.
    #[wasm_bindgen(method)]
    pub(crate) fn change(this: &Page, survey: &str, lasts: bool, change: &JsValue);

    /// Dispatches an event whose detail is given as JSON.
    #[wasm_bindgen(method)]
    pub(crate) fn emit(this: &Page, name: &str, detail: &str);

    /// Dispatches `puls-error` with a stable code and a sentence.
    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &Page, code: &str, message: &str);

    /// Puts a release's text into the outbox and tells the page. If another wave has begun since the release was made,
    /// it is dated by that wave. `departure`, the name of a [`Departure`](crate::delivery::Departure), says when the
    /// outbox posts it.
    #[wasm_bindgen(method)]
    pub(crate) fn post(this: &Page, release: &str, departure: &str);

    /// Splits and seals answers for the tasks of two aggregators. When all are sealed, calls `done` with a list of
    /// three texts for each report: its address, its message and its readable part. If one can't be sealed, tells the
    /// page why and calls `done` with nothing.
    #[wasm_bindgen(method)]
    pub(crate) fn seal(
        this: &Page,
        leader: &str,
        helper: &str,
        precision_s: u32,
        answers: &Array,
        done: &JsValue,
    );

    /// Puts a sealed report into the outbox, which uploads it soon, and tells the page its readable part.
    #[wasm_bindgen(method)]
    pub(crate) fn upload(this: &Page, url: &str, report: &str, shown: &str);

    /// Takes the survey off the page.
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Page);

    /// Starts the survey again for the next person.
    #[wasm_bindgen(method)]
    pub(crate) fn restart(this: &Page);

    /// Whether a trigger opened the survey, rather than a call.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn uncalled(this: &Page) -> bool;

    /// The largest width that a survey may have, in CSS pixels: `above` the page, or else in its flow.
    #[wasm_bindgen(method)]
    pub(crate) fn room(this: &Page, above: bool) -> f64;

    /// The origin that releases go to.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn destination(this: &Page) -> String;

    /// Today in UTC, in days since 1970-01-01. Read anew each time, since a kiosk's page may stay open for weeks.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn today(this: &Page) -> i32;
}
