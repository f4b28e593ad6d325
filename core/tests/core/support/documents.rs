//! Definitions as documents, and what may happen to them.

use proptest::prelude::*;
use serde_json::{Value, json};

/// One that uses everything there is.
pub(crate) fn valid() -> Value {
    json!({
        "id": "nps", "version": 1, "audience": "customer", "languages": ["en", "sv"],
        "title": {"en": "Recommend", "sv": "Rekommendera"},
        "pieces": {"product": {"en": "our lamp", "sv": "vår lampa"}},
        "segments": {"unit": ["billing", "sales"]},
        "items": [
            {"id": "hello", "kind": "notice", "text": "Hello", "link": {"text": "More", "url": "/more"}},
            {"id": "recommend", "kind": "net_promoter", "text": "How likely?", "anchors": {"low": "Not", "high": "Very"}},
            {"id": "ease", "kind": "rating", "text": {"en": "Easy?"}, "scale": {"points": 5}},
            {"id": "topic", "kind": "choice", "text": "What?", "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
            {"id": "stars", "kind": "rating", "text": "Stars for {product}?", "scale": {"points": 5, "style": "stars"},
             "labels": ["1", "2", "3", "4", "5"], "reverse": true, "required": false},
            {"id": "agree", "kind": "agreement", "text": "Agree?", "scale": {"points": 5},
             "when": {"item": "recommend", "at_most": 6}},
            {"id": "rows", "kind": "matrix", "text": "And these?", "scale": {"points": 5},
             "statements": [{"id": "row-1", "text": "One"}, {"id": "row-2", "text": "Two", "reverse": true}],
             "variants": [{"when": {"mood": "low"}, "text": "Tell us more"},
                          {"when": {"segment": "unit", "is": "sales"}, "text": "Seller!"}]},
            {"id": "which", "kind": "choices", "text": "Which?", "shuffle": true, "most": 2,
             "options": [{"id": "a", "text": "A", "words": {"en": ["apple", "app*"]}}, {"id": "b", "text": "B"}],
             "other": {"id": "other", "text": "Other"}, "none": {"id": "none", "text": "None"}},
            {"id": "why", "kind": "open_text", "text": "Why?", "max_characters": 100, "required": false,
             "themes": [{"id": "price", "text": "Price", "words": {"en": ["price"], "sv": ["pris*"]}}]},
            {"id": "times", "kind": "count", "text": "How often?", "most": 5}
        ],
        "routing": [
            {"after": "ease", "when": {"all": [{"item": "ease", "at_least": 4}, {"not": {"item": "recommend", "answered": false}}]}, "go": "agree"},
            {"after": "which", "when": {"item": "which", "includes": "none"}, "go": "end"},
            {"when": {"any": [{"mood": "low"}, {"item": "recommend", "is": 0}]},
             "route": {"name": "talk", "text": "Talk to us", "url": "https://example.com/talk"}}
        ],
        "derived": {
            "energy": {"kind": "index", "items": ["ease", "stars"]},
            "clarity": {"kind": "index", "items": ["row-1", "row-2", "agree"]},
            "state": {"kind": "class", "energy": "energy", "clarity": "clarity", "high": 75, "low": 50},
            "happy": {"kind": "share", "when": {"all": [{"item": "recommend", "at_least": 9}, {"derived": "energy", "at_least": 50}]}}
        },
        "thanks": [
            {"when": {"any": [{"derived": "state", "is": "engaged"}, {"route": "talk"}]}, "title": "Great!", "link": {"text": "On", "url": "https://example.com/"}},
            {"title": "Thanks", "text": "Bye, {product}"}
        ],
        "show": {
            "trigger": ["delay:5s", "scroll:50%", "exit", "idle:30s", "click:#help", "event:paid"], "display": "bar", "corner": "top-start",
            "preset": "bright", "recontact_days": 30, "cooldown_days": 7, "sample": 0.5,
            "pages": {"include": ["/shop/*"], "exclude": ["*/pay"]}, "from": "2026-11-01", "until": "2026-11-30"
        }
    })
}

/// Documents that are nearly a definition: the valid one, with values replaced by others of any type, by
/// names that mean something in it, or by parts from elsewhere in it.
pub(crate) fn nearly_valid() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..12).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "(recommend|ease|topic|row-2|rows|which|why|times|energy|state|end|a|none|given|random|low)"
            .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[[{}]]]])),
    ];
    let replaced = prop_oneof![
        2 => leaf.prop_map(Ok),
        1 => any::<prop::sample::Index>().prop_map(Err),
    ];
    let places = prop::collection::vec((any::<prop::sample::Index>(), replaced), 0..4);
    places.prop_map(|changes| {
        let mut document = valid();
        for (index, value) in changes {
            let mut pointers = Vec::new();
            collect_pointers(&document, String::new(), &mut pointers);
            let value = value.unwrap_or_else(|other| {
                document.pointer(&pointers[other.index(pointers.len())]).cloned().unwrap()
            });
            *document.pointer_mut(&pointers[index.index(pointers.len())]).unwrap() = value;
        }
        document
    })
}

fn collect_pointers(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect_pointers(value, format!("{place}/{name}"), found);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                collect_pointers(value, format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(place);
}
