//! Changes JSON documents into other JSON documents, for fuzzers. Bytes that are changed at random are hardly ever JSON
//! any more, so a fuzzer would hardly ever get past the parser.

use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Map, Value, json};

/// The most changes at a time.
const FEW: usize = 4;

/// Changes the JSON document at the start of `buffer` in a few places, which `seed` decides, and returns its new
/// length. `None` for every other seed, so that a fuzzer also changes bytes, and if there is no document or it no
/// longer fits.
pub fn mutate(buffer: &mut [u8], length: usize, seed: u32) -> Option<usize> {
    if !seed.is_multiple_of(2) {
        return None;
    }
    let document = mutated(buffer.get(..length)?, seed, buffer.len())?;
    buffer.get_mut(..document.len())?.copy_from_slice(&document);
    Some(document.len())
}

fn mutated(document: &[u8], seed: u32, most: usize) -> Option<Vec<u8>> {
    let mut document: Value = serde_json::from_slice(document).ok()?;
    let mut rng = ChaCha12Rng::seed_from_u64(seed.into());
    for _ in 0..=below(FEW, &mut rng) {
        change(&mut document, &mut rng);
    }
    serde_json::to_vec(&document).ok().filter(|bytes| bytes.len() <= most)
}

fn change(document: &mut Value, rng: &mut ChaCha12Rng) {
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    let [at, from, name] = [(); 3].map(|()| places[below(places.len(), rng)].clone());
    let other = document.pointer(&from).cloned().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default().to_owned();
    match below(6, rng) {
        0 => set(document, &at, leaf(name, rng)),
        1 => set(document, &at, other),
        2 => remove(document, &at),
        3 => nudge(document, &at, rng),
        _ => add(document.pointer_mut(&at), name, other, rng),
    }
}

fn below(bound: usize, rng: &mut ChaCha12Rng) -> usize {
    usize::try_from(rng.next_u64() % bound.max(1) as u64).unwrap_or(0)
}

/// The pointers (RFC 6901) to all values, the document itself first.
fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (escaped(name), value)).collect(),
        Value::Array(entries) => {
            entries.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    let below: Vec<(String, &Value)> =
        entries.into_iter().map(|(name, value)| (format!("{place}/{name}"), value)).collect();
    places.push(place);
    below.into_iter().for_each(|(place, value)| collect(value, place, places));
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn leaf(name: String, rng: &mut ChaCha12Rng) -> Value {
    let number = rng.next_u32();
    let mut leaves = [
        Value::Null,
        json!(true),
        json!(false),
        json!(number % 12),
        json!(-1),
        json!(number),
        json!(f64::from(number) / 1000.0),
        json!(1e300),
        json!(""),
        json!(name),
        json!([]),
        json!({}),
    ];
    leaves[below(leaves.len(), rng)].take()
}

fn set(document: &mut Value, at: &str, to: Value) {
    if let Some(value) = document.pointer_mut(at) {
        *value = to;
    }
}

fn remove(document: &mut Value, at: &str) {
    let Some((parent, name)) = at.rsplit_once('/') else { return };
    match document.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            let place = fields.keys().position(|known| escaped(known) == name);
            let name = place.and_then(|place| fields.keys().nth(place).cloned());
            name.and_then(|name| fields.shift_remove(&name));
        }
        Some(Value::Array(entries)) => {
            name.parse()
                .ok()
                .filter(|index| *index < entries.len())
                .map(|index: usize| entries.remove(index));
        }
        _ => {}
    }
}

/// Makes a number a little larger or smaller, doubles it, or makes it 0.
fn nudge(document: &mut Value, at: &str, rng: &mut ChaCha12Rng) {
    let Some(number) = document.pointer(at).and_then(Value::as_i64) else { return };
    let steps = [1, -1, 2, 10, number.wrapping_neg(), number, 100];
    set(document, at, json!(number.saturating_add(steps[below(steps.len(), rng)])));
}

/// Adds a value to a list, or to an object under a name.
fn add(to: Option<&mut Value>, name: String, value: Value, rng: &mut ChaCha12Rng) {
    match to {
        Some(Value::Array(entries)) => entries.insert(below(entries.len() + 1, rng), value),
        Some(Value::Object(fields)) => drop(Map::insert(fields, name, value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_core::definition::Definition;

    const DOCUMENT: &[u8] = include_bytes!("../surveys/pulse.json");

    #[test]
    fn documents_stay_documents_and_some_of_them_definitions() {
        let all = (0..500).filter_map(|seed| mutated(DOCUMENT, seed, 4096));
        let texts: Vec<String> = all.map(|document| String::from_utf8(document).unwrap()).collect();
        assert!(texts.iter().all(|text| serde_json::from_str::<Value>(text).is_ok()));
        let taken = texts.iter().filter(|text| Definition::parse(text).is_ok()).count();
        assert!((10..texts.len() - 100).contains(&taken), "{taken} of {}", texts.len());
    }

    #[test]
    fn the_same_seed_changes_the_same() {
        assert_eq!(mutated(DOCUMENT, 7, 4096), mutated(DOCUMENT, 7, 4096));
        assert_ne!(mutated(DOCUMENT, 7, 4096), mutated(DOCUMENT, 8, 4096));
    }

    #[test]
    fn every_other_time_it_is_done_in_place() {
        let mut buffer = [DOCUMENT, &[b' '; 1000]].concat();
        let length = mutate(&mut buffer, DOCUMENT.len(), 8).unwrap();
        assert_eq!(Some(&buffer[..length]), mutated(DOCUMENT, 8, buffer.len()).as_deref());
        assert_eq!(mutate(&mut buffer, length, 9), None);
    }

    #[test]
    fn what_is_no_document_or_too_long_is_left_alone() {
        assert_eq!(mutated(b"{", 7, 4096), None);
        assert_eq!(mutated(DOCUMENT, 7, 10), None);
    }
}
