//! What the package says of the element, held against the sources that make it so.

use puls_tests::package::node_modules;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

type Names = BTreeSet<String>;

/// What pages run of the loader and, when a survey is due, of the widget.
const SCRIPTS: [(&str, &str); 2] = [("www/loader", "ts"), ("www/widget", "ts")];
/// Names that look like events': the element's, and those of modules.
const NO_EVENTS: [&str; 3] = ["puls-survey", "puls-styles", "puls-wasm"];
/// Those that aren't the element's.
const OF_THE_DOCUMENT: [&str; 2] = ["puls-track", "puls-forget"];
/// The mechanism whose reports aren't releases.
const NO_RELEASE: &str = "sealed";

#[test]
fn the_manifest_has_the_form_that_editors_read() {
    let schema = fs::read_to_string(node_modules("custom-elements-manifest/schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let faults: Vec<_> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&manifest())
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, [""; 0]);
}

#[test]
fn the_manifest_lists_what_the_sources_have() {
    let element = &manifest()["modules"][0]["declarations"][0];
    assert_eq!(listed(element, "attributes"), attributes());
    let of_the_element = events().into_iter().filter(|name| !OF_THE_DOCUMENT.contains(&name.as_str()));
    assert_eq!(listed(element, "events"), of_the_element.collect());
    assert_eq!(listed(element, "members"), methods());
    assert_eq!(listed(element, "cssParts"), parts());
    assert_eq!(listed(element, "cssProperties"), properties());
}

#[test]
fn attributes_have_the_values_that_a_definition_may_have() {
    let schema = fs::read_to_string(root("www/survey.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let typings = fs::read_to_string(root("www/npm/package/index.d.ts")).unwrap();
    let manifest = manifest();
    let attributes = manifest["modules"][0]["declarations"][0]["attributes"].as_array().unwrap();
    for name in ["display", "corner", "preset"] {
        let form = &schema["$defs"]["Show"]["properties"][name]["$ref"];
        let form = schema.pointer(form.as_str().unwrap().trim_start_matches('#')).unwrap();
        let values = form["oneOf"].as_array().unwrap().iter().map(|value| value["const"].as_str().unwrap());
        let values: Vec<_> = values.map(|value| format!("\"{value}\"")).collect();
        let values = values.join(" | ");
        assert!(typings.contains(&format!("  {name}?: {values} | undefined;\n")), "{values}");
        let attribute = attributes.iter().find(|attribute| attribute["name"] == name).unwrap();
        assert_eq!(attribute["type"]["text"], values.replace('"', "'"));
    }
}

#[test]
fn the_typings_list_what_the_sources_have() {
    let typings = fs::read_to_string(root("www/npm/package/index.d.ts")).unwrap();
    let details = fields(&typings, "PulsDetails");
    assert_eq!(details.iter().map(|name| format!("puls-{name}")).collect::<Names>(), events());
    assert_eq!(fields(&typings, "PulsSurveyAttributes"), attributes());
    assert_eq!(called(&typings, "class PulsSurvey extends HTMLElement"), methods());
    assert_eq!(after(&typings, "(command: \""), commands());
    assert_eq!(after(&typings, "{ kind: \""), mechanisms());
    assert_eq!(after(&typings, "  | \""), codes(&typings));
}

/// The names of an interface's fields, families of them included.
fn fields(typings: &str, interface: &str) -> Names {
    let (_, body) = typings.split_once(&format!("export interface {interface} {{\n")).unwrap();
    let body = body.split("\n}").next().unwrap();
    let names = body.lines().filter_map(|line| line.trim().split_once(':')).map(|(name, _)| name);
    let names =
        names.map(|name| name.trim_end_matches('?')).filter(|name| name.chars().all(char::is_alphanumeric));
    let families = after(body, "`").into_iter().filter(|name| name.ends_with('-')).map(family);
    names.map(str::to_owned).chain(families).collect()
}

/// The names of a class's methods.
fn called(typings: &str, class: &str) -> Names {
    let (_, body) = typings.split_once(&format!("export {class} {{\n")).unwrap();
    let lines = body.split("\n}").next().unwrap().lines().map(str::trim);
    lines.filter(|line| line.ends_with(';')).map(|line| line.split('(').next().unwrap().to_owned()).collect()
}

fn manifest() -> Value {
    serde_json::from_str(&fs::read_to_string(root("www/npm/package/custom-elements.json")).unwrap()).unwrap()
}

fn listed(element: &Value, list: &str) -> Names {
    element[list].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// Every attribute that the loader or the widget reads; families of them end in `*`.
fn attributes() -> Names {
    let (scripts, rust) = (texts(&SCRIPTS), texts(&[("src/element", "rs")]));
    let mut names = Names::new();
    for reader in ["this.getAttribute(\"", "host.getAttribute(\"", "= number(\""] {
        names.extend(after(&scripts, reader));
    }
    let checked = scripts.lines().filter_map(|line| line.split_once(": [(value)"));
    names.extend(checked.map(|(name, _)| name.trim().to_owned()));
    names.extend(after(&scripts, "closest<HTMLElement>(\"["));
    for reader in ["get_attribute(\"", ".named(\"", ".all(\""] {
        names.extend(after(&rust, reader));
    }
    names.into_iter().map(family).collect()
}

/// A beginning of names stands for all of them.
fn family(name: String) -> String {
    if name.ends_with('-') { name + "*" } else { name }
}

/// What a page may call: neither private nor the browser's own.
fn methods() -> Names {
    let source = fs::read_to_string(root("www/loader/element.ts")).unwrap();
    let heads = source.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| line.ends_with(" {"));
    let names =
        heads.filter_map(|head| head.trim_start_matches("async ").split_once('(')).map(|(name, _)| name);
    let names =
        names.filter(|name| name.chars().all(char::is_alphabetic) && !name.ends_with("connectedCallback"));
    names.map(str::to_owned).collect()
}

fn events() -> Names {
    let sources = texts(&SCRIPTS) + texts(&[("src", "rs")]).as_str();
    let names = after(&sources, "\"puls-").into_iter().map(|name| format!("puls-{name}"));
    names.filter(|name| !NO_EVENTS.contains(&name.as_str())).collect()
}

/// The codes of errors: those that a failure is told with by name, and of those that the typings list any that a source has.
fn codes(typings: &str) -> Names {
    let sources = texts(&SCRIPTS) + texts(&[("src", "rs")]).as_str();
    let mut codes = Names::new();
    for failure in ["fail(this, \"", "fail(host, \"", "fail(document, \"", "page.fail(\""] {
        codes.extend(after(&sources, failure));
    }
    codes
        .extend(after(typings, "  | \"").into_iter().filter(|code| sources.contains(&format!("\"{code}\""))));
    codes
}

/// As they stand in the components, and as the golden screens have them.
fn parts() -> Names {
    let markup = texts(&[("src/components", "rs"), ("src/components", "snap")]);
    let lists = after(&markup, " part=\"");
    lists.iter().flat_map(|list| list.split(' ')).map(str::to_owned).collect()
}

fn properties() -> Names {
    let styles =
        ["www/styles/plain.css", "www/styles/widget.css"].map(|file| fs::read_to_string(root(file)).unwrap());
    after(&styles.concat(), "var(--puls-").into_iter().map(|name| format!("--puls-{name}")).collect()
}

fn commands() -> Names {
    let source = fs::read_to_string(root("www/loader/commands.ts")).unwrap();
    let (_, table) = source.split_once("const COMMANDS").unwrap();
    let lines = table.split("\n};").next().unwrap().lines().skip(1);
    let keys =
        lines.filter_map(|line| line.strip_prefix("  ")).filter(|line| line.starts_with(char::is_alphabetic));
    keys.map(|line| line.split(['(', ':', ',']).next().unwrap().to_owned()).collect()
}

/// As a release states them.
fn mechanisms() -> Names {
    let source = fs::read_to_string(root("core/src/definition/mechanism.rs")).unwrap();
    after(&source, "{\"kind\":\"").into_iter().filter(|kind| kind != NO_RELEASE).collect()
}

/// What stands after `before` and is a name, or several.
fn after(text: &str, before: &str) -> Names {
    let found = text.split(before).skip(1).filter_map(|rest| rest.split(['"', ',', ')', ']', '$']).next());
    let is_name = |name: &&str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || "- ".contains(letter))
    };
    found.filter(is_name).map(str::to_owned).collect()
}

/// All files below these folders with these extensions, apart from tests.
fn texts(places: &[(&str, &'static str)]) -> String {
    let mut text = String::new();
    let mut folders: Vec<_> = places.iter().map(|(folder, extension)| (root(folder), *extension)).collect();
    while let Some((folder, extension)) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push((path, extension));
            } else if !path.ends_with("tests.rs") && path.extension().is_some_and(|found| found == extension)
            {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    text
}

fn root(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(below)
}
