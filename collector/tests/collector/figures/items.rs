//! Items made up by chance, and conditions that look at them.

use super::{below, one_of};
use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};

/// An item that has to be answered.
pub(super) fn item(id: &str, rng: &mut ChaCha12Rng) -> Value {
    match below(20, rng) {
        0..4 => json!({"id": id, "kind": "net_promoter", "text": "?"}),
        4..10 => scale(id, "rating", &[2, 3, 4, 5, 5, 6, 7, 8, 9, 10], rng),
        10..12 => scale(id, "agreement", &[5, 7], rng),
        12..14 => matrix(id, rng),
        14 => json!({"id": id, "kind": "choice", "text": "?", "options": options(5, rng)}),
        15 => {
            let none = json!({"id": "none", "text": "?"});
            json!({"id": id, "kind": "choices", "text": "?", "options": options(3, rng), "none": none})
        }
        16..18 => open_text(id, rng),
        _ => {
            json!({"id": id, "kind": "count", "text": "?", "most": one_of(&[1, 4, 6, 9, 12, 30], rng)})
        }
    }
}

fn scale(id: &str, kind: &str, points: &[u32], rng: &mut ChaCha12Rng) -> Value {
    let is_reversed = below(3, rng) == 0;
    json!({"id": id, "kind": kind, "text": "?", "reverse": is_reversed, "scale": {"points": one_of(points, rng)}})
}

fn matrix(id: &str, rng: &mut ChaCha12Rng) -> Value {
    let statement = |number: usize, rng: &mut ChaCha12Rng| json!({"id": format!("{id}-{number}"), "text": "?", "reverse": below(3, rng) == 0});
    let statements: Vec<Value> = (0..2 + below(2, rng)).map(|number| statement(number, rng)).collect();
    json!({"id": id, "kind": "matrix", "text": "?", "scale": {"points": one_of(&[5, 7], rng)}, "statements": statements})
}

fn open_text(id: &str, rng: &mut ChaCha12Rng) -> Value {
    let mut themes = options(4, rng);
    themes.iter_mut().for_each(|theme| theme["words"] = json!({"en": ["word"]}));
    json!({"id": id, "kind": "open_text", "text": "?", "themes": themes})
}

/// Two or more.
fn options(most: usize, rng: &mut ChaCha12Rng) -> Vec<Value> {
    let option = |number| json!({"id": format!("o{number}"), "text": "?"});
    (0..2 + below(most - 1, rng)).map(option).collect()
}

/// What is answered with a number: an item or a statement.
pub(super) struct Scale {
    pub(super) id: String,
    /// The lowest and the highest number.
    pub(super) ends: (u64, u64),
    /// Whether an index can be made of it.
    pub(super) has_points: bool,
}

pub(super) fn scales(items: &[Value]) -> Vec<Scale> {
    items.iter().flat_map(scales_of).collect()
}

fn scales_of(item: &Value) -> Vec<Scale> {
    let (ends, has_points) = match item["kind"].as_str().unwrap() {
        "net_promoter" => ((0, 10), false),
        "count" => ((0, item["most"].as_u64().unwrap()), false),
        "rating" | "agreement" | "matrix" => ((1, item["scale"]["points"].as_u64().unwrap()), true),
        _ => return Vec::new(),
    };
    let statements = item["statements"].as_array();
    let ids = statements.map_or_else(|| vec![&item["id"]], |all| all.iter().map(|one| &one["id"]).collect());
    ids.into_iter().map(|id| Scale { id: id.as_str().unwrap().to_owned(), ends, has_points }).collect()
}

/// One that looks at a number, if there is one, or at whether there is an answer.
pub(super) fn condition(items: &[Value], rng: &mut ChaCha12Rng) -> Value {
    let scales = scales(items);
    if scales.is_empty() || below(3, rng) == 0 {
        return json!({"item": one_of(items, rng)["id"], "answered": true});
    }
    let Scale { id, ends: (lowest, highest), .. } = one_of(&scales, rng);
    let numbers: Vec<u64> = (lowest + 1..=*highest).collect();
    json!({"item": id, "at_least": one_of(&numbers, rng)})
}
