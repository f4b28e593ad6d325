//! Reads JSON by the browser's own parser.

use js_sys::{Array, JSON, Object};
use puls_core::read::Json;
use wasm_bindgen::{JsCast, JsValue};

/// No document of Puls is nested deeper than this; deeper ones might exhaust the stack.
const MAX_DEPTH: u32 = 32;

/// Parses a text; `None` where it isn't JSON, or is nested too deep.
pub(crate) fn parse(text: &str) -> Option<Json> {
    convert(&JSON::parse(text).ok()?, MAX_DEPTH)
}

/// Converts a value that the browser has parsed.
pub(crate) fn convert(value: &JsValue, depth: u32) -> Option<Json> {
    let depth = depth.checked_sub(1)?;
    if let Some(text) = value.as_string() {
        return Some(Json::String(text));
    }
    if let Some(number) = value.as_f64() {
        return Some(Json::Number(number));
    }
    if let Some(value) = value.as_bool() {
        return Some(Json::Bool(value));
    }
    if value.is_null() {
        return Some(Json::Null);
    }
    if Array::is_array(value) {
        let mut entries = Vec::new();
        for entry in value.unchecked_ref::<Array>().iter() {
            entries.push(convert(&entry, depth)?);
        }
        return Some(Json::Array(entries));
    }
    let mut fields = Vec::new();
    for field in Object::entries(value.dyn_ref()?).iter() {
        let field: Array = field.unchecked_into();
        fields.push((field.get(0).as_string()?, convert(&field.get(1), depth)?));
    }
    Some(Json::Object(fields))
}
