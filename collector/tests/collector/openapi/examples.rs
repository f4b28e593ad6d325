//! A request for each answer that the document states. An operation without one fails the tests.

use crate::support::{NPS, PULSE, id, nps_release};
use serde_json::{Value, json};

/// A request, and the status of its answer.
pub(super) struct Example {
    /// The operation's id in the document.
    pub(super) operation: &'static str,
    /// With its query.
    pub(super) path: &'static str,
    /// The content type and the body of a POST.
    pub(super) body: Option<(&'static str, Vec<u8>)>,
    pub(super) status: u16,
}

/// What is asked of a collector that serves the surveys of `earlier/`, [`NPS`] and [`PULSE`]. Requests without the
/// token and those that name an entity tag are made of these.
const GET: [(&str, &str, u16); 61] = [
    ("openapi", "/openapi.json", 200),
    ("loader", "/puls.js", 200),
    ("asset", "/assets/widget-1a2b.wasm", 200),
    ("asset", "/assets/widget-3c4d.js", 200),
    ("asset", "/assets/none.js", 404),
    ("survey", "/v1/surveys/nps", 200),
    ("survey", "/v1/surveys/none", 404),
    ("screen", "/v1/surveys/nps/screen", 200),
    ("screen", "/v1/surveys/nps/screen?lang=sv&display=bar", 200),
    ("screen", "/v1/surveys/drawn/screen", 204),
    ("screen", "/v1/surveys/none/screen", 404),
    ("surveys", "/v1/surveys", 200),
    ("surveys", "/v1/surveys?lang=sv", 200),
    ("surveys", "/v1/surveys?language=sv", 400),
    ("results", "/v1/surveys/team/results", 200),
    ("results", "/v1/surveys/team/results?wave=2026-12&by=unit", 200),
    ("results", "/v1/surveys/team/results?wave=2026-09&by=site", 200),
    ("results", "/v1/surveys/desk/results?by=agent&lang=en", 200),
    ("results", "/v1/surveys/desk/results?wave=2026-W49", 200),
    ("results", "/v1/surveys/shop/results", 200),
    ("results", "/v1/surveys/nps/results", 200),
    ("results", "/v1/surveys/pulse/results?segment.unit=billing&by=site", 200),
    ("results", "/v1/surveys/pulse/results?unit=billing&by=nobody", 400),
    ("results", "/v1/surveys/none/results", 404),
    ("overview", "/v1/overview", 200),
    ("overview", "/v1/overview?lang=sv&by=site", 200),
    ("overview", "/v1/overview?wave=2026-12", 400),
    ("trend", "/v1/surveys/team/trend", 200),
    ("trend", "/v1/surveys/team/trend?measure=energy,clarity&lang=en&segment.unit=service", 200),
    ("trend", "/v1/surveys/drawn/trend", 200),
    ("trend", "/v1/surveys/team/trend?measure=fun", 400),
    ("trend", "/v1/surveys/none/trend", 404),
    ("teams", "/v1/surveys/team/teams", 200),
    ("teams", "/v1/surveys/team/teams?by=unit,site", 200),
    ("results", "/v1/surveys/team/results?by=unit,site", 400),
    ("teams", "/v1/surveys/team/teams?by=site&wave=2026-12&measure=energy&lang=en&segment.unit=service", 200),
    ("teams", "/v1/surveys/nps/teams", 400),
    ("teams", "/v1/surveys/team/teams?by=unit,unit", 400),
    ("teams", "/v1/surveys/none/teams", 404),
    ("drivers", "/v1/surveys/team/drivers", 200),
    (
        "drivers",
        "/v1/surveys/team/drivers?outcome=energy&by=site&wave=2026-12&lang=en&segment.unit=service",
        200,
    ),
    ("drivers", "/v1/surveys/drawn/drivers", 200),
    ("drivers", "/v1/surveys/team/drivers?outcome=fun", 400),
    ("drivers", "/v1/surveys/team/drivers?outcome=energy,clarity", 400),
    ("drivers", "/v1/surveys/none/drivers", 404),
    ("links", "/v1/links", 200),
    ("links", "/v1/links?by=site&lang=sv", 200),
    ("links", "/v1/links?of=unit", 400),
    ("benchmarks", "/v1/benchmarks", 200),
    ("benchmarks", "/v1/benchmarks?by=site&lang=sv", 200),
    ("benchmarks", "/v1/benchmarks?of=unit", 400),
    ("results_page", "/results", 200),
    ("preview", "/preview", 200),
    ("preview_frame", "/preview-frame", 200),
    ("embed", "/embed/nps", 200),
    ("embed", "/embed/pulse?lang=en&theme=dark&segment.unit=billing", 200),
    ("embed", "/embed/none", 404),
    ("health", "/healthz", 200),
    ("ready", "/readyz", 200),
    // Surveys of which nobody has sent anything.
    ("results", "/v1/surveys/drawn/results", 200),
    ("results", "/v1/surveys/drawn/results?wave=2026-12", 200),
];

/// A survey of several mechanisms' worth of nothing: items in a random order, so no screen is the same for everybody.
pub(super) fn drawn() -> String {
    NPS.replace(r#""id": "nps""#, r#""id": "drawn", "order": "random""#)
}

pub(super) fn examples() -> Vec<Example> {
    let get = GET.map(|(operation, path, status)| Example { operation, path, body: None, status });
    get.into_iter().chain(releases()).chain(screens()).collect()
}

fn post(operation: &'static str, path: &'static str, kind: &'static str, body: &str, status: u16) -> Example {
    Example { operation, path, body: Some((kind, body.as_bytes().to_vec())), status }
}

/// The same with another body, which isn't UTF-8.
fn in_no_encoding(example: Example) -> Example {
    Example { body: Some(("application/json", vec![0xff])), status: 400, ..example }
}

fn releases() -> Vec<Example> {
    let release = |change: fn(&mut Value), status| {
        let mut release = nps_release(1);
        release["wave"] = json!("2026-12");
        change(&mut release);
        post("release", "/v1/releases", "application/json", &release.to_string(), status)
    };
    vec![
        release(|_| {}, 200),
        // The same one again.
        release(|_| {}, 200),
        release(team_release, 200),
        release(|release| release["respondents"] = json!(0), 422),
        release(|release| release["version"] = json!(2), 503),
        in_no_encoding(release(|_| {}, 400)),
        post("release", "/v1/releases", "application/json", &" ".repeat(65_537), 413),
        post("release", "/v1/releases", "text/plain", "{}", 415),
    ]
}

/// A batch with joint lines.
fn team_release(release: &mut Value) {
    *release = json!({
        "format": "puls-release/1", "id": id(2), "survey": "team", "version": 4, "wave": "2026-12",
        "segment": {"site": "north", "unit": "service"}, "mechanism": {"kind": "batched", "k": 4}, "respondents": 4,
        "items": {
            "energy": {"cells": [0, 0, 0, 4, 0], "missing": 0},
            "clarity": {"cells": [0, 0, 0, 0, 3], "missing": 1},
            "help": {"cells": [0, 0, 0], "missing": 4}
        },
        "joint": {"respondents": 3, "products": [3, 9, 12, 27, 36, 48]}
    });
}

fn screens() -> Vec<Example> {
    let path = "/v1/screens";
    let all = "/v1/screens?lang=sv&preset=bright&width=phone";
    vec![
        post("screens", path, "application/json", PULSE, 200),
        post("screens", all, "application/json", NPS, 200),
        post("screens", "/v1/screens?width=wide", "application/json", NPS, 400),
        in_no_encoding(post("screens", path, "application/json", "", 400)),
        post("screens", path, "application/json", &" ".repeat(65_537), 413),
        post("screens", path, "text/plain", NPS, 415),
        post("screens", path, "application/json", "{}", 422),
    ]
}
