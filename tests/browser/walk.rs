//! The ways through a survey that together lead to all that it can show, worked out from its definition.

use puls_tests::browser::Browser;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Goes them, in a page; what it says of itself stands at its head.
const WALK: &str = include_str!("walk.js");

/// So many people are dealt items until all have been dealt to somebody.
const MOST_PEOPLE: u32 = 40;

/// A survey in one of its languages.
pub(crate) struct Told<'a> {
    pub(crate) definition: &'a Value,
    pub(crate) language: &'a str,
}

/// How somebody answers.
#[derive(Clone)]
struct Walk {
    /// The answer to choose, from 0, the lowest, to 1.
    at: f64,
    /// Whether to look at each answered screen again, on the way back.
    back: bool,
    /// Options to choose wherever they are offered, as they read.
    picks: Vec<String>,
    /// What to write wherever there is a field.
    write: String,
    /// The element's attribute for a segment, and its value.
    segment: Option<(String, Value)>,
}

impl Walk {
    fn at(at: f64) -> Self {
        Self { at, back: false, picks: Vec::new(), write: String::new(), segment: None }
    }
}

/// Prepares a browser for walking on every page that it opens from now on.
pub(crate) async fn prepare(browser: &Browser, axe: &str) {
    browser.before_each_page(axe).await;
    browser.before_each_page(WALK).await;
}

/// Goes all ways through a survey and has axe look at each screen, in each of these presets; in the definition's without
/// any.
///
/// # Panics
///
/// When axe finds something, or when something that the definition says was seen on none of the ways.
pub(crate) async fn see_all(browser: &Browser, told: &Told<'_>, attributes: &Value, presets: &[&str]) {
    let about = format!("{} in {} {attributes}", told.definition["id"], told.language);
    let mut missing = told.texts();
    let walks = told.walks();
    let people = walks.iter().chain(walks.iter().cycle().skip(1)).zip(1..);
    for (walk, person) in people {
        if person as usize > walks.len() && missing.is_empty() {
            return;
        }
        assert!(person < MOST_PEOPLE, "{about}: nobody has come to see {missing:?}");
        let seen = go(browser, told, walk, person, attributes, presets).await;
        let found = seen[1].as_array().unwrap_or_else(|| panic!("{about}: {seen}"));
        assert!(found.is_empty(), "{about}: {found:#?}");
        let read: BTreeSet<String> = serde_json::from_value(seen[0].clone()).unwrap();
        missing.retain(|texts| texts.is_disjoint(&read));
    }
}

async fn go(
    browser: &Browser,
    told: &Told<'_>,
    walk: &Walk,
    person: u32,
    attributes: &Value,
    presets: &[&str],
) -> Value {
    let mut attributes = attributes.clone();
    attributes["lang"] = json!(told.language);
    if let Some((name, value)) = &walk.segment {
        attributes[name] = value.clone();
    }
    let way = json!({
        "survey": told.definition["id"], "attributes": attributes, "at": walk.at, "picks": walk.picks, "write": walk.write,
        "back": walk.back, "seed": person, "presets": presets,
        "send": told.words()["send"],
    });
    let script = "const [way, done] = arguments; walk(way).then(done, (error) => done(String(error)))";
    browser.run_async(script, &[way]).await
}

impl Told<'_> {
    /// The widget's own words.
    fn words(&self) -> Value {
        let words =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../www/words/{}.json", self.language));
        serde_json::from_str(&fs::read_to_string(words).unwrap()).unwrap()
    }

    /// A text of the definition's, with its own words where a page may put in others.
    fn text(&self, text: &Value) -> String {
        let own =
            |text: &Value| text.as_str().or(text[self.language].as_str()).unwrap_or_default().to_owned();
        let pieces = self.definition["pieces"].as_object().into_iter().flatten();
        pieces.fold(own(text), |text, (name, words)| text.replace(&format!("{{{name}}}"), &own(words)))
    }

    /// The lowest answers, those in the middle and the highest; each value of a segment and each option that a condition
    /// asks for; something written into each field.
    fn walks(&self) -> Vec<Walk> {
        let mut walks = vec![Walk { back: true, ..Walk::at(0.5) }, Walk::at(0.0), Walk::at(1.0)];
        let mut asked = BTreeSet::new();
        conditions(self.definition, &mut asked);
        for (of, name, value) in asked {
            if of == "segment" {
                walks
                    .push(Walk { segment: Some((format!("segment-{name}"), json!(value))), ..Walk::at(0.5) });
            }
            let items =
                list(&self.definition["items"]).iter().filter(|item| of == "item" && item["id"] == *name);
            let option = items.flat_map(|item| list(&item["options"])).find(|option| option["id"] == *value);
            walks.extend(
                option.map(|option| Walk { picks: vec![self.text(&option["text"])], ..Walk::at(0.5) }),
            );
        }
        walks.extend(list(&self.definition["items"]).iter().filter_map(|item| self.writing(item)));
        walks
    }

    /// Somebody who isn't content, since such are asked for words, and who writes so much of the last theme that little room is
    /// left.
    fn writing(&self, item: &Value) -> Option<Walk> {
        let [themes, other] = [&item["themes"], &item["other"]];
        let themes = if themes.is_array() { list(themes) } else { list(&item["options"]) };
        if !other.is_object() && item["kind"] != "open_text" {
            return None;
        }
        let words = themes.last().map(|theme| &theme["words"]);
        let words = words.map(|words| if words.is_array() { words } else { &words[self.language] });
        let word = words.and_then(|words| words[0].as_str()).unwrap_or("something");
        let write = format!("{} ", word.trim_end_matches('*')).repeat(100);
        let picks = other.is_object().then(|| self.text(&other["text"]));
        Some(Walk { picks: picks.into_iter().collect(), write, ..Walk::at(0.0) })
    }

    /// What has to be read on some way or other; of each set, one text.
    fn texts(&self) -> Vec<BTreeSet<String>> {
        let one = |text: &Value| BTreeSet::from([self.text(text)]);
        let mut texts = vec![one(&self.words()["what_is_sent"])];
        for item in list(&self.definition["items"]) {
            let variants = list(&item["variants"]).iter().map(|variant| &variant["text"]);
            let put = variants.chain([&item["text"]]);
            texts.extend(put.clone().map(one));
            texts.extend(list(&item["statements"]).iter().map(|statement| one(&statement["text"])));
            if self.writing(item).is_some() {
                texts.push(put.map(|text| format!("written: {}", self.text(text))).collect());
            }
            texts.extend(item["link"].is_object().then(|| one(&item["link"]["text"])));
        }
        for rule in list(&self.definition["routing"]).iter().filter(|rule| rule["route"].is_object()) {
            texts.push(one(&rule["route"]["text"]));
        }
        let thanks = &self.definition["thanks"];
        for thanks in thanks.as_array().map_or(std::slice::from_ref(thanks), Vec::as_slice) {
            let said = [&thanks["title"], &thanks["text"], &thanks["link"]["text"]];
            texts.extend(said.into_iter().filter(|text| !text.is_null()).map(one));
        }
        texts
    }
}

/// What conditions anywhere below ask for: of a segment or an item, by its name, a value.
fn conditions<'a>(of: &'a Value, asked: &mut BTreeSet<(&'a str, &'a str, &'a str)>) {
    for kind in ["segment", "item"] {
        if let (Some(name), Some(value)) = (of[kind].as_str(), of["is"].as_str()) {
            asked.insert((kind, name, value));
        }
    }
    match of {
        Value::Object(fields) => fields.values().for_each(|field| conditions(field, asked)),
        Value::Array(entries) => entries.iter().for_each(|entry| conditions(entry, asked)),
        _ => {}
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
