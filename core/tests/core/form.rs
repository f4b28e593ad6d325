//! The form that a shared device shows of a release: it is that of the release that leaves, and tells nothing of anybody.

use crate::support::{answered, prepared, survey_with};
use puls_core::definition::Definition;
use puls_core::privacy::{Keep, Outcome, form};
use puls_core::segment::Segment;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::Value;

const DOTS: char = '…';

/// A survey of three lines, one of which may be left out, with these fields besides.
fn survey(more: &str) -> Definition {
    survey_with(&format!(
        r#""items": [{{"id": "recommend_2", "kind": "net_promoter", "text": "?"}},
            {{"id": "ease", "kind": "rating", "text": "?", "scale": {{"points": 5}}}},
            {{"id": "thumb", "kind": "rating", "text": "?", "scale": {{"points": 2}}, "required": false}}],
        "privacy": {{"kind": "batched", "k": 3, "device": "shared"}}{more}"#
    ))
}

/// The release that three people with these answers make, and the form that each of them was shown.
fn release_and_forms(definition: &Definition, people: [&[usize]; 3]) -> (String, [String; 3]) {
    let (mut rng, mut keep, mut release) = (ChaCha12Rng::seed_from_u64(3), Keep::default(), None);
    let forms = people.map(|cells| {
        let prepared = prepared(definition, &answered(definition, cells), &keep, &mut rng);
        if let Outcome::Release(made) = &prepared.outcome {
            release = Some(made.json().to_owned());
        }
        keep = prepared.keep;
        form(definition, 3, &Segment::default(), prepared.wave)
    });
    (release.unwrap(), forms)
}

/// The form with a release's id and counts in the place of its dots, in their order.
fn filled(form: &str, release: &Value, lines: &[&str]) -> String {
    let mut hidden = vec![release["id"].as_str().unwrap().to_owned()];
    let mut take = |counts: &Value, single: &Value, first: bool| {
        let mut taken: Vec<String> = counts.as_array().unwrap().iter().map(ToString::to_string).collect();
        taken.insert(if first { 0 } else { taken.len() }, single.to_string());
        hidden.append(&mut taken);
    };
    for line in lines {
        take(&release["items"][line]["cells"], &release["items"][line]["missing"], false);
    }
    if let Some(joint) = release.get("joint") {
        take(&joint["products"], &joint["respondents"], true);
    }
    let parts: Vec<&str> = form.split(DOTS).collect();
    assert_eq!(parts.len(), hidden.len() + 1, "{form}");
    parts
        .iter()
        .zip(hidden.into_iter().chain([String::new()]))
        .map(|(part, hidden)| format!("{part}{hidden}"))
        .collect()
}

#[test]
fn the_form_is_that_of_the_release_with_dots_in_the_place_of_id_and_counts() {
    for more in ["", r#", "joint": ["ease", "recommend_2"]"#] {
        let definition = survey(more);
        let (release, [form, ..]) = release_and_forms(&definition, [&[2, 0], &[2, 0, 1], &[10, 0]]);
        let parsed: Value = serde_json::from_str(&release).unwrap();
        assert_eq!(filled(&form, &parsed, &["recommend_2", "ease", "thumb"]), release);
        assert_eq!(parsed.get("joint").is_some(), !more.is_empty());
    }
}

#[test]
fn whatever_others_have_answered_the_form_is_the_same() {
    let definition = survey("");
    let (one, forms) = release_and_forms(&definition, [&[0, 0], &[3, 1, 1], &[3, 1, 1]]);
    let (other, others) = release_and_forms(&definition, [&[10, 4, 0], &[3, 1, 1], &[3, 1, 1]]);
    assert_ne!(one, other);
    assert_eq!(forms, others);
    assert!(forms.iter().all(|form| *form == forms[0]));
}
