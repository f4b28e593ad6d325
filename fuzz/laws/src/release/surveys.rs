use puls_core::definition::Definition;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Surveys with each mechanism and each kind of line.
pub(super) static SURVEYS: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    vec![
        everything("randomised", &json!({"privacy": {"kind": "randomised", "epsilon": 8}})),
        everything("noisy", &json!({"privacy": {"kind": "randomised", "epsilon": 0.01}})),
        everything("batched", &batched()),
        everything("direct", &json!({"privacy": {"kind": "direct", "trust": "endpoint"}})),
        everything("sealed", &json!({"privacy": sealed()})),
        read(include_str!("../../surveys/sampled.json")),
        // The surveys of the golden releases in `core/tests/wire/`.
        read(include_str!("../../surveys/pulse.json")),
        read(include_str!("../../surveys/joint.json")),
    ]
});

const EVERYTHING: &str = include_str!("../../surveys/everything.json");

/// The survey with this id and version.
pub(super) fn find(id: &str, version: u32) -> Option<&'static Definition> {
    SURVEYS.iter().find(|survey| survey.id == id && survey.version == version)
}

fn read(text: &str) -> Definition {
    Definition::parse(text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The survey with each kind of line, with another id and with these fields added.
fn everything(id: &str, fields: &Value) -> Definition {
    let mut document: Value = serde_json::from_str(EVERYTHING).unwrap();
    document["id"] = json!(id);
    for (name, value) in fields.as_object().unwrap() {
        document[name] = value.clone();
    }
    read(&document.to_string())
}

fn batched() -> Value {
    json!({
        "privacy": {"kind": "batched", "k": 3, "device": "shared"},
        "joint": ["recommend", "ease", "stars", "row-2", "times"]
    })
}

/// A sealed mechanism with a task for each line.
fn sealed() -> Value {
    let lines = read(EVERYTHING).counted().iter().map(|line| line.id.to_owned()).collect::<Vec<_>>();
    let tasks = lines.iter().map(|line| json!({"item": line, "id": format!("{line:-<43}")}));
    json!({
        "kind": "sealed", "leader": "https://leader.example", "helper": "https://helper.example",
        "tasks": tasks.collect::<Vec<_>>()
    })
}
