//! What conditions, jumps, drawn orders and derived measures may and may not refer to.

use crate::support::document;
use crate::support::documents::valid;
use puls_core::definition::Definition;
use puls_documents::{count, survey};
use serde_json::{Value, json};

/// What the reader says of the valid definition with `value` at `pointer`.
fn refusal(pointer: &str, value: Value) -> String {
    let mut document = valid();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(field.into(), value)),
        Value::Array(entries) => entries[field.parse::<usize>().unwrap()] = value,
        _ => unreachable!(),
    }
    match Definition::parse(&document.to_string()) {
        Ok(_) => String::new(),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn conditions_name_what_they_can_mean() {
    // The item at index 6, after which there are three more.
    let when = |value: Value| refusal("/items/6/when", value);
    for (value, expected) in [
        (json!({"item": "recommend", "is": 10}), ""),
        (json!({"item": "topic", "is_not": "a"}), ""),
        (json!({"item": "stars", "answered": false}), ""),
        (json!({"segment": "unit", "is": "sales"}), ""),
        (
            json!({"item": "nope", "is": 1}),
            "items[6].when: \"nope\" is unknown; allowed are recommend, ease, topic, stars, agree",
        ),
        (
            json!({"item": "times", "is": 1}),
            "items[6].when: \"times\" may be asked later; conditions look back only",
        ),
        (
            json!({"item": "row-1", "is": 1}),
            "items[6].when: \"row-1\" may be asked later; conditions look back only",
        ),
        (
            json!({"derived": "clarity", "at_least": 50}),
            "items[6].when: \"clarity\" may be asked later; conditions look back only",
        ),
        (
            json!({"derived": "happy", "at_least": 50}),
            "items[6].when: \"happy\" is unknown; allowed are energy, clarity, state",
        ),
        (json!({"item": "recommend", "is": 11}), "items[6].when.is: 11 is above 10"),
        (json!({"item": "ease", "at_least": 0}), "items[6].when.at_least: 0 is below 1"),
        (json!({"item": "topic", "is": "c"}), "items[6].when.is: \"c\" is unknown; allowed are a, b"),
        (
            json!({"item": "topic", "at_least": 1}),
            "items[6].when.at_least: unknown field; allowed are item, is, is_not, includes, answered\n\
             items[6].when: needs exactly one of is, is_not, includes, answered",
        ),
        (
            json!({"item": "ease", "at_least": 2, "at_most": 3}),
            "items[6].when: needs exactly one of is, is_not, at_least, at_most, answered",
        ),
        (
            json!({"item": "ease", "mood": "low"}),
            "items[6].when: needs exactly one of item, derived, segment, mood, route, all, any, not",
        ),
        (
            json!({"segment": "unit", "is": "hr"}),
            "items[6].when: segment \"unit\" has no value \"hr\"; the survey declares billing, sales",
        ),
        (json!({"mood": "sad"}), "items[6].when.mood: \"sad\" is unknown; allowed are low, mixed, high"),
        (json!({"all": []}), "items[6].when.all: has 0 entries; allowed are 1 to 20"),
    ] {
        assert_eq!(when(value), expected);
    }
    // A matrix has no answer of its own, but it may have been answered.
    assert_eq!(refusal("/items/8/when", json!({"item": "rows", "answered": true})), "");
    assert!(
        refusal("/items/8/when", json!({"item": "rows", "is": 3})).contains("allowed are item, answered")
    );
}

#[test]
fn conditions_are_nested_so_deep_and_no_deeper() {
    let nested = |depth: usize| (0..depth).fold(json!({"mood": "low"}), |inner, _| json!({"not": inner}));
    assert_eq!(refusal("/items/6/when", nested(5)), "");
    assert_eq!(
        refusal("/items/6/when", nested(6)),
        "items[6].when.not.not.not.not.not: conditions may be nested 5 deep"
    );
}

#[test]
fn jumps_lead_onwards_to_items_that_can_be_reached() {
    let jump = |after: &str, go: &str| refusal("/routing/0", json!({"after": after, "go": go}));
    assert_eq!(jump("ease", "ease"), "routing[0].go: leads back to \"ease\", which makes a loop");
    assert_eq!(jump("agree", "ease"), "routing[0].go: leads back to \"ease\", which makes a loop");
    assert!(
        jump("ease", "nope").starts_with("routing[0].go: \"nope\" is unknown; allowed are hello, recommend")
    );
    assert!(jump("end", "ease").starts_with("routing[0].after: \"end\" is unknown"));
    assert_eq!(
        jump("ease", "agree"),
        "routing: no path leads to \"topic\"\nrouting: no path leads to \"stars\""
    );
    let behind = json!([{"after": "why", "go": "times"}, {"after": "why", "when": {"mood": "low"}, "go": "end"},
        {"route": {"name": "talk", "text": "Talk to us", "url": "/talk"}}]);
    assert_eq!(
        refusal("/routing", behind),
        "routing[1]: is never reached: a rule before it for the same `after` is always taken"
    );
    let early = json!({"after": "ease", "when": {"item": "topic", "is": "a"}, "go": "agree"});
    assert_eq!(
        refusal("/routing/0", early),
        "routing[0].when: \"topic\" may be asked later; conditions look back only"
    );
}

#[test]
fn ways_out_lead_to_plain_addresses() {
    for (url, is_taken) in [
        ("https://example.com/talk?a=b#c", true),
        ("/talk", true),
        ("//example.com", false),
        ("javascript:alert(1)", false),
        ("http://example.com", false),
        ("https://example.com/\" onclick=\"x", false),
        ("/a b", false),
    ] {
        let rule = json!({"route": {"name": "talk", "text": "Talk", "url": url}});
        assert_eq!(refusal("/routing/2", rule).is_empty(), is_taken, "{url}");
    }
}

#[test]
fn a_drawn_order_leaves_no_room_for_jumps_and_little_for_conditions() {
    let with = |order: &str, routing: Value| {
        let items = [
            count("first", 5).with("fixed", true),
            count("a", 5).with("when", json!({"item": "first", "at_least": 1})),
            count("b", 5),
            count("last", 5).with("fixed", true).with("when", json!({"item": "b", "at_least": 1})),
        ];
        let mut document = Value::from(survey("s").items(items).with("order", order));
        if routing != Value::Null {
            document["routing"] = routing;
        }
        document
    };
    let told = |document: Value| {
        Definition::parse(&document.to_string()).map_or_else(|told| told.to_string(), |_| String::new())
    };
    assert_eq!(told(with("random", Value::Null)), "");
    let late = {
        let mut document = with("random", Value::Null);
        document["items"][2]["when"] = json!({"item": "a", "at_least": 1});
        document
    };
    assert_eq!(told(late), "items[2].when: \"a\" may be asked later; conditions look back only");
    assert_eq!(
        told(with("random", json!([{"after": "first", "when": {"item": "first", "is": 0}, "go": "end"}]))),
        "routing[0]: `go` needs every item in the given order; leave out `order` and `sample`"
    );
    assert_eq!(
        told(with("given", Value::Null)),
        "items[0].fixed: means something only with `order` random or `sample`\n\
         items[3].fixed: means something only with `order` random or `sample`"
    );
}

#[test]
fn a_sample_under_randomised_asks_what_it_draws_without_a_gap() {
    let told = |fields: &str| {
        let document = document(&format!(r#""sample": 1, {fields}"#)).to_string();
        Definition::parse(&document).map_or_else(|told| told.to_string(), |_| String::new())
    };
    let item = |id: &str, more: &str| {
        format!(r#"{{"id": "{id}", "kind": "rating", "text": "?", "scale": {{"points": 5}}{more}}}"#)
    };
    let items = |a: &str, b: &str| format!(r#""items": [{}, {}]"#, item("a", a), item("b", b));
    assert_eq!(told(&items("", "")), "");
    let gap = "has to be required and without `when`, or `fixed`: with `sample` under `randomised` a gap would show";
    assert_eq!(told(&items(r#", "required": false"#, "")), format!("items[0]: {gap}"));
    assert_eq!(told(&items(r#", "fixed": true, "required": false"#, "")), "");
    assert_eq!(
        told(&items("", r#", "when": {"segment": "unit", "is": "a"}"#)).lines().last().unwrap(),
        format!("items[1]: {gap}")
    );
    assert_eq!(
        told(&format!(
            r#"{}, "derived": {{"index": {{"kind": "index", "items": ["a", "b"]}}}}"#,
            items("", "")
        )),
        "derived: needs every item asked, which `sample` under `randomised` doesn't"
    );
    assert_eq!(told(&items(r#", "fixed": true"#, r#", "fixed": true"#)), "sample: 1 is above 0");
}

#[test]
fn scales_suit_their_style_and_measures_their_items() {
    for (scale, expected) in [
        (json!({"points": 3, "style": "thumbs"}), "thumbs need 2 points"),
        (json!({"points": 4, "style": "smileys"}), "smileys need 3 or 5 points"),
        (json!({"points": 2, "style": "stars"}), "stars need 3 to 10 points"),
    ] {
        let told = refusal("/items/4/scale", scale);
        assert!(told.starts_with(&format!("items[4].scale.style: {expected}\n")), "{told}");
    }
    assert!(
        refusal("/items/5/scale/points", json!(6)).starts_with("items[5].scale.points: has to be 5 or 7")
    );
    assert_eq!(
        refusal("/items/4/labels", json!(["1", "2"])),
        "items[4].labels: has 2 entries; allowed are 5 to 5"
    );
    assert_eq!(
        refusal("/items/6/statements/1/id", json!("ease")).lines().next().unwrap(),
        "items[6]: \"ease\" stands here twice"
    );
    for (derived, expected) in [
        (
            json!({"kind": "index", "items": ["ease", "recommend"]}),
            "derived.energy.items[1]: \"recommend\" is unknown; allowed are ease, stars, agree, row-1, row-2",
        ),
        (
            json!({"kind": "index", "items": ["ease", "ease"]}),
            "derived.energy.items[1]: \"ease\" stands here twice",
        ),
        (
            json!({"kind": "share", "when": {"derived": "happy", "is": "yes"}}),
            "derived.state.energy: \"energy\" is unknown; allowed are clarity",
        ),
    ] {
        assert_eq!(refusal("/derived/energy", derived).lines().next().unwrap(), expected);
    }
    assert_eq!(refusal("/derived/state/low", json!(80)), "derived.state: `low` is above `high`");
    assert_eq!(
        refusal("/derived/ease", json!({"kind": "share", "when": {"mood": "low"}})),
        "derived.ease: \"ease\" stands here twice"
    );
}

#[test]
fn pieces_words_and_thanks_are_held_against_the_rest() {
    assert_eq!(
        refusal("/title", json!("About {nothing}")),
        "title: has {nothing}, which isn't among `pieces`"
    );
    assert_eq!(refusal("/title", json!("{Not a piece} {}")), "");
    assert_eq!(
        refusal("/pieces/product", json!("{product}")),
        "pieces.product: has {product}, which isn't among `pieces`"
    );
    assert!(refusal("/pieces/A", json!("a")).starts_with("pieces.A: \"A\" has a form"));
    let word =
        "has a form that isn't allowed; use 1 to 50 characters in lower case, of which the last may be *";
    for found in ["Price", "p*ice", "*", " price"] {
        let told = refusal("/items/8/themes/0/words/en/0", json!(found));
        assert_eq!(told, format!("items[8].themes[0].words.en[0]: \"{found}\" {word}"));
    }
    assert_eq!(
        refusal("/items/8/themes/0", json!({"id": "price", "text": "Price"})),
        "items[8].themes[0].words: is missing"
    );
    let twice = refusal("/items/7/none", json!({"id": "other", "text": "None"}));
    assert_eq!(twice.lines().next().unwrap(), "items[7].none: \"other\" stands here twice");
    assert_eq!(
        refusal("/thanks/0", json!({"title": "Thanks"})),
        "thanks[0]: needs `when`, or those after it are never shown"
    );
    for (pointer, route, expected) in [
        ("/thanks/0/when", "walk", "thanks[0].when.route: \"walk\" is unknown; allowed are talk"),
        ("/items/6/when", "talk", "items[6].when: only `thanks` can depend on a way out that was taken"),
        ("/routing/2/when", "talk", "routing[2].when: only `thanks` can depend on a way out that was taken"),
        (
            "/derived/happy/when",
            "talk",
            "derived.happy.when: only `thanks` can depend on a way out that was taken",
        ),
    ] {
        assert_eq!(refusal(pointer, json!({ "route": route })), expected);
    }
    assert_eq!(
        refusal("/thanks/1/when", json!({"mood": "low"})),
        "thanks[1].when: the last one is for everybody else"
    );
}

#[test]
fn rules_for_showing_are_checked() {
    for (pointer, value, expected) in [
        ("/show/until", json!("2026-10-31"), "show.until: is before `from`"),
        (
            "/show/from",
            json!("2026-02-30"),
            "show.from: \"2026-02-30\" has a form that isn't allowed; use a date such as 2026-11-21",
        ),
        ("/show/sample", json!(1.5), "show.sample: 1.5 is above 1"),
        (
            "/show/pages/include/0",
            json!("shop"),
            "show.pages.include[0]: \"shop\" has a form that isn't allowed; use a path of up to 200 characters that starts with / or *",
        ),
        (
            "/show/corner",
            json!("left"),
            "show.corner: \"left\" is unknown; allowed are bottom-end, bottom-start, top-end, top-start",
        ),
        (
            "/show/display",
            json!("pop"),
            "show.display: \"pop\" is unknown; allowed are popover, modal, bar, inline, page, kiosk",
        ),
    ] {
        assert_eq!(refusal(pointer, value), expected);
    }
    let form = "has a form that isn't allowed; use load, delay:5s, scroll:50%, exit, idle:30s, click:SELECTOR, event:NAME or manual";
    for trigger in [
        "scroll:0%",
        "scroll:101%",
        "idle:0s",
        "idle:5",
        "click:",
        "event:",
        "event:a b",
        "delay:+5s",
        "hover",
    ] {
        assert_eq!(
            refusal("/show/trigger/0", json!(trigger)),
            format!("show.trigger[0]: \"{trigger}\" {form}")
        );
    }
}

#[test]
fn more_than_a_release_can_hold_is_refused() {
    let statement = |matrix: usize, row: usize| json!({"id": format!("m{matrix}-{row}"), "text": "?"});
    let matrix = |index: usize| {
        let statements: Vec<Value> = (0..12).map(|row| statement(index, row)).collect();
        json!({"id": format!("m{index}"), "kind": "matrix", "text": "?", "scale": {"points": 5}, "statements": statements})
    };
    let items: Vec<Value> = (0..9).map(matrix).collect();
    let document = survey("s").with("items", items);
    let told = Definition::parse(&document.to_string()).unwrap_err().to_string();
    assert_eq!(told, "items: has 108 things to count; allowed are up to 100");
}

#[test]
fn a_derived_measure_of_nothing_known_can_still_be_named() {
    let refused = |derived: Value, condition: Value| {
        let mut document = valid();
        document["derived"] = json!({ "state": derived });
        document["items"] = json!([
            {"id": "hello", "kind": "notice", "text": "?"},
            {"id": "again", "kind": "notice", "text": "?", "when": condition}
        ]);
        Definition::parse(&document.to_string()).unwrap_err().to_string()
    };
    let class = json!({"kind": "class", "energy": "nope", "clarity": "nope"});
    let mistakes = refused(class, json!({"derived": "state", "is": "engaged"}));
    assert!(mistakes.contains("derived.state.energy: \"nope\" is unknown"), "{mistakes}");
    let index = json!({"kind": "index", "items": ["nope"]});
    let mistakes = refused(index, json!({"derived": "state", "at_least": 50}));
    assert!(mistakes.contains("derived.state.items[0]: \"nope\" is unknown"), "{mistakes}");
}
