//! Results beside what they should be.

use serde_json::{Map, Value, json};

/// How far a closed formula may be off, relatively and absolutely.
const ROUNDING: f64 = 1e-9;

/// How far shares may be off that were found step by step.
const BY_STEPS: f64 = 0.01;

/// How many numbers there were, and where they differ.
#[derive(Default)]
pub(crate) struct Compared {
    pub(crate) numbers: usize,
    pub(crate) differences: Vec<String>,
}

impl Compared {
    pub(crate) fn compare(&mut self, found: &Value, expected: &Value, place: &str) {
        match (found, expected) {
            (Value::Object(one), Value::Object(other)) if has_the_same_names(one, other) => {
                for (name, value) in one {
                    self.compare(value, &other[name], &format!("{place}.{name}"));
                }
            }
            // Shares of what went through the Square Wave, without their ranges.
            (Value::Array(one), Value::Object(other)) if other.contains_key("about") => {
                let values: Vec<Value> = one.iter().map(|estimate| estimate[0].clone()).collect();
                self.compare_all(&values, other["about"].as_array().unwrap(), BY_STEPS, place);
            }
            // What is drawn by chance, or summed up in steps, with how far it may be off.
            (Value::Number(_), Value::Object(other)) if other.contains_key("within") => {
                self.compare_numbers(found, &other["about"], other["within"].as_f64().unwrap(), place);
            }
            (Value::Array(one), Value::Array(other)) => self.compare_all(one, other, ROUNDING, place),
            (Value::Number(_), Value::Number(_)) => self.compare_numbers(found, expected, ROUNDING, place),
            _ => self.note(found == expected, found, expected, place),
        }
    }

    fn compare_all(&mut self, found: &[Value], expected: &[Value], slack: f64, place: &str) {
        self.note(found.len() == expected.len(), &json!(found), &json!(expected), place);
        for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
            let place = format!("{place}[{index}]");
            match found {
                Value::Number(_) => self.compare_numbers(found, expected, slack, &place),
                _ => self.compare(found, expected, &place),
            }
        }
    }

    fn compare_numbers(&mut self, found: &Value, expected: &Value, slack: f64, place: &str) {
        self.numbers += 1;
        let is_close = found
            .as_f64()
            .zip(expected.as_f64())
            .is_some_and(|(one, other)| (one - other).abs() <= slack * other.abs().max(1.0));
        self.note(is_close, found, expected, place);
    }

    fn note(&mut self, is_right: bool, found: &Value, expected: &Value, place: &str) {
        if !is_right {
            self.differences.push(format!("{place}: {found} isn't {expected}"));
        }
    }
}

fn has_the_same_names(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.len() == other.len() && one.keys().all(|name| other.contains_key(name))
}
