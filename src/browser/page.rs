use js_sys::Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// What the loader does for a survey: the page's storage, events and outbox. It has them all at hand
    /// before the WASM is there, and none of these functions throws.
    #[derive(Clone)]
    pub type Page;

    /// What this browser kept of the survey when it was opened, as text.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kept(this: &Page) -> Option<String>;

    /// Calls `change` with what this browser keeps of a survey, when no other page and no other element is at it, and
    /// keeps the text that it returns, if any. Changes are made in the order of the calls. Where the person asks not to be
    /// tracked, it is kept for this session only, but for what tells of no answer and no visit, if it `lasts`.
    #[wasm_bindgen(method)]
    pub(crate) fn change(this: &Page, survey: &str, lasts: bool, change: &JsValue);

    /// Dispatches an event whose detail is given as JSON.
    #[wasm_bindgen(method)]
    pub(crate) fn emit(this: &Page, name: &str, detail: &str);

    /// Dispatches `puls-error` with a stable code and a sentence.
    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &Page, code: &str, message: &str);

    /// Puts a release's text into the outbox, under another wave if one has begun since it was made, and tells the page. The
    /// outbox sends it to the survey's endpoint when the name of a [`Departure`](crate::delivery::Departure) says.
    #[wasm_bindgen(method)]
    pub(crate) fn post(this: &Page, release: &str, departure: &str);

    /// Splits and seals answers for the tasks of two aggregators, and calls `done` with a list of texts when all
    /// are sealed: for each report its address, its message and what can be read of it. Calls it with nothing when
    /// one can't be sealed, after telling the page why.
    #[wasm_bindgen(method)]
    pub(crate) fn seal(
        this: &Page,
        leader: &str,
        helper: &str,
        precision_s: u32,
        answers: &Array,
        done: &JsValue,
    );

    /// Puts a sealed report into the outbox, which uploads it soon, and tells the page what can be read of it.
    #[wasm_bindgen(method)]
    pub(crate) fn upload(this: &Page, url: &str, report: &str, shown: &str);

    /// Takes the survey off the page.
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Page);

    /// Begins anew, for the next person.
    #[wasm_bindgen(method)]
    pub(crate) fn restart(this: &Page);

    /// Whether the survey came by itself, and not because somebody called for it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn uncalled(this: &Page) -> bool;

    /// How wide a survey in the page's flow, or `above` the page, may be at most, in CSS pixels.
    #[wasm_bindgen(method)]
    pub(crate) fn room(this: &Page, above: bool) -> f64;

    /// The origin that releases go to.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn destination(this: &Page) -> String;

    /// Today in UTC, in days since 1970-01-01, at the moment of the call: a kiosk's page may stand for weeks.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn today(this: &Page) -> i32;
}
