use crate::words::{Numerals, Words};
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// A language as the glue provides it: the tag, the widget's words, and the browser's `Intl` for numbers.
    pub type Spoken;

    /// The BCP 47 tag that the survey's texts are shown in.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn language(this: &Spoken) -> String;

    #[wasm_bindgen(method, getter)]
    fn words(this: &Spoken) -> String;

    #[wasm_bindgen(method)]
    fn number(this: &Spoken, number: f64) -> String;

    #[wasm_bindgen(method)]
    fn category(this: &Spoken, number: f64) -> String;
}

impl Spoken {
    /// The widget's words; `None` if their file isn't JSON.
    pub(crate) fn into_words(self) -> Option<Words> {
        Some(Words::new(super::parse(&self.words())?, Rc::new(self)))
    }
}

impl Numerals for Spoken {
    fn number(&self, number: u64) -> String {
        self.number(number as f64)
    }

    fn category(&self, number: u64) -> String {
        self.category(number as f64)
    }
}
