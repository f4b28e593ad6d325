//! Writes JSON as people do: a value that fits stands on one line.

use serde_json::Value;

/// The longest list or object that stands on one line, in characters.
const FITS: usize = 60;

/// A JSON value, laid out over several lines if it needs them.
pub(crate) fn laid_out(json: &Value) -> String {
    let mut text = String::new();
    lay_out(json, 0, &mut text);
    text.push('\n');
    text
}

fn lay_out(json: &Value, depth: usize, text: &mut String) {
    let line = on_one_line(json);
    // A list of objects is easier to read with each on its own lines.
    if depth > 0 && line.chars().count() <= FITS && !holds_objects(json) {
        return text.push_str(&line);
    }
    match json {
        Value::Array(entries) if !entries.is_empty() => {
            let entries = entries.iter().map(|entry| (String::new(), entry));
            below_one_another(entries, ('[', ']'), depth, text);
        }
        Value::Object(fields) if !fields.is_empty() => {
            let fields = fields.iter().map(|(name, value)| (format!("{}: ", quoted(name)), value));
            below_one_another(fields, ('{', '}'), depth, text);
        }
        _ => text.push_str(&line),
    }
}

fn below_one_another<'a>(
    parts: impl Iterator<Item = (String, &'a Value)>,
    (open, close): (char, char),
    depth: usize,
    text: &mut String,
) {
    let indent = |depth: usize| format!("\n{}", "  ".repeat(depth));
    text.push(open);
    for (index, (name, value)) in parts.enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        text.push_str(&indent(depth + 1));
        text.push_str(&name);
        lay_out(value, depth + 1, text);
    }
    text.push_str(&indent(depth));
    text.push(close);
}

fn on_one_line(json: &Value) -> String {
    match json {
        Value::Array(entries) => {
            format!("[{}]", entries.iter().map(on_one_line).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let field =
                |(name, value): (&String, &Value)| format!("{}: {}", quoted(name), on_one_line(value));
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        _ => json.to_string(),
    }
}

fn holds_objects(json: &Value) -> bool {
    matches!(json, Value::Array(entries) if entries.iter().any(Value::is_object))
}

fn quoted(name: &str) -> String {
    Value::from(name).to_string()
}

#[cfg(test)]
mod tests {
    use super::laid_out;

    #[test]
    fn what_fits_stands_on_one_line() {
        let json = r#"{"languages": ["en", "sv"], "items": [{"id": "a\"b", "scale": {"points": 5}, "none": [], "more":
            {"low": "A text that is long enough to need", "high": "a line of its own"}}], "big": 1.50}"#;
        let expected = r#"{
  "languages": ["en", "sv"],
  "items": [
    {
      "id": "a\"b",
      "scale": { "points": 5 },
      "none": [],
      "more": {
        "low": "A text that is long enough to need",
        "high": "a line of its own"
      }
    }
  ],
  "big": 1.5
}
"#;
        assert_eq!(laid_out(&serde_json::from_str(json).unwrap()), expected);
    }
}
