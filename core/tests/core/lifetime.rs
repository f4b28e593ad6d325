//! What one browser may tell over all waves of a randomised survey, and that it stops there.

use crate::support::{NPS, answered, released, survey, survey_with, through_json};
use puls_core::definition::Definition;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, PrepareError, Prepared, affords, prepare};
use puls_core::read::Json;
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use puls_documents::{self as documents, net_promoter};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

const EASE: &str = r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}}"#;

/// One browser, wave after wave.
struct Browser {
    keep: Keep,
    rng: ChaCha12Rng,
}

impl Browser {
    fn new() -> Self {
        Self { keep: Keep::default(), rng: ChaCha12Rng::seed_from_u64(1) }
    }

    /// One that was left by an earlier build, or by somebody.
    fn with(text: &str, definition: &Definition) -> Self {
        Self { keep: kept(text, definition), ..Self::new() }
    }

    /// A release in a month, of whatever `plan` asks; nothing once all is spent, of which it says so beforehand.
    fn release(
        &mut self,
        definition: &Definition,
        plan: &Plan,
        cells: &[usize],
        month: i32,
    ) -> Option<Prepared> {
        let wave = Wave::of(definition.wave, 15 + 31 * month);
        let response = answered(definition, cells);
        let segment = Segment::default();
        let path = Path::of(definition, plan, &segment, &response);
        let affords = affords(definition, &self.keep, wave);
        match prepare(&path, self.keep.clone(), wave, &mut self.rng) {
            Ok(prepared) => {
                self.keep = through_json(&prepared.keep, definition);
                assert!(self.keep == prepared.keep);
                Some(prepared)
            }
            Err(PrepareError::Spent) => {
                assert!(!affords, "whoever is asked in month {month} can send");
                None
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// In how many of so many months it releases, up to the first in which it doesn't.
    fn months(&mut self, definition: &Definition, from: i32, most: i32) -> i32 {
        let cells = [2; 12];
        let releases =
            |month: &i32| self.release(definition, &Plan::given(definition), &cells, from + month).is_some();
        i32::try_from((0..most).take_while(releases).count()).unwrap()
    }

    fn spent(&self) -> f64 {
        let value: Value = serde_json::from_str(&self.keep.to_string()).unwrap();
        value["spent"].as_f64().unwrap()
    }
}

fn kept(text: &str, definition: &Definition) -> Keep {
    let json: Json = serde_json::from_str::<Value>(text).unwrap().into();
    Keep::from_json(&json, definition)
}

fn randomised(privacy: &str, items: &str) -> Definition {
    survey(&format!(r#"{{"kind": "randomised", {privacy}}}"#), items)
}

/// Ratings of five points.
fn ratings(count: usize) -> String {
    let items: Vec<String> = (0..count).map(|index| EASE.replace("ease", &format!("i{index}"))).collect();
    items.join(", ")
}

#[test]
fn a_survey_of_which_every_line_is_asked_may_be_asked_for_ever() {
    let choices = r#"{"id": "c", "kind": "choices", "text": "?", "required": false,
        "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]}"#;
    for items in [NPS.to_owned(), EASE.to_owned(), ratings(3), ratings(9), format!("{NPS}, {choices}")] {
        for (epsilon, lifetime) in [("2", 2.0), ("2", 3.5), ("2", 8.0), ("0.3", 1.0), ("3", 7.0)] {
            let privacy = format!(r#""epsilon": {epsilon}, "lifetime_epsilon": {lifetime}"#);
            let definition = randomised(&privacy, &items);
            let mut browser = Browser::new();
            assert_eq!(browser.months(&definition, 0, 60), 60, "{privacy} {items}");
            let spent = browser.spent();
            assert!(spent <= lifetime && spent > 0.99 * lifetime, "{spent} of {privacy} {items}");
        }
    }
}

#[test]
fn each_wave_is_charged_until_the_permanent_reports_have_told_all() {
    let definition = randomised(r#""epsilon": 2, "lifetime_epsilon": 7"#, &ratings(3));
    let mut browser = Browser::new();
    let mut spent = Vec::new();
    for month in 0..6 {
        browser.release(&definition, &Plan::given(&definition), &[1, 2, 3], month).unwrap();
        spent.push(browser.spent());
    }
    assert_eq!(spent, [2.0, 4.0, 6.0, 7.0, 7.0, 7.0]);
}

#[test]
fn in_one_wave_nothing_is_drawn_or_charged_twice_whatever_is_answered() {
    let definition = randomised(r#""epsilon": 2"#, &format!("{NPS}, {EASE}"));
    let mut browser = Browser::new();
    let plan = Plan::given(&definition);
    let first = browser.release(&definition, &plan, &[8, 4], 7).unwrap();
    for cells in [[0, 0], [10, 3], [8, 4]] {
        let next = browser.release(&definition, &plan, &cells, 7).unwrap();
        assert!(next.keep == first.keep, "{cells:?}");
        if cells == [8, 4] {
            assert_eq!(released(&next).items, released(&first).items);
        }
    }
    assert_eq!(browser.spent().to_string(), "2");
}

/// What tells of a visit may last no longer than the session; then a wave is drawn and charged again.
#[test]
fn without_what_was_sent_in_the_wave_it_is_charged_anew() {
    let definition = randomised(r#""epsilon": 2"#, NPS);
    let mut browser = Browser::new();
    let plan = Plan::given(&definition);
    browser.release(&definition, &plan, &[8], 7).unwrap();
    let mut value: Value = serde_json::from_str(&browser.keep.to_string()).unwrap();
    let permanent = value["permanent"].clone();
    assert_eq!(value.as_object_mut().unwrap().remove("wave").unwrap()["of"], "1970-08");
    browser.keep = kept(&value.to_string(), &definition);
    browser.release(&definition, &plan, &[8], 7).unwrap();
    assert_eq!(browser.spent().to_string(), "4");
    let value: Value = serde_json::from_str(&browser.keep.to_string()).unwrap();
    assert_eq!(value["permanent"]["recommend"]["reports"], permanent["recommend"]["reports"]);
}

#[test]
fn past_the_lifetime_nothing_more_is_released() {
    let definition = survey_with(&format!(
        r#""privacy": {{"kind": "randomised", "epsilon": 2, "lifetime_epsilon": 6}}, "sample": 1, "items": [{}]"#,
        ratings(6)
    ));
    let mut browser = Browser::new();
    // What a sample didn't draw isn't charged, and has no reports.
    let mut rng = ChaCha12Rng::seed_from_u64(3);
    for month in 0..60 {
        let plan = Plan::draw(&definition, &mut rng).unwrap();
        if browser.release(&definition, &plan, &[2; 6], month).is_none() {
            break;
        }
        assert!(browser.spent() <= 6.0);
    }
    assert_eq!(browser.spent().to_string(), "6");
    let wave = Wave::of(definition.wave, 20_000);
    assert!(!affords(&definition, &browser.keep, wave));
    let value: Value = serde_json::from_str(&browser.keep.to_string()).unwrap();
    let drawn = value["permanent"].as_object().unwrap();
    assert!((2..=3).contains(&drawn.len()), "{drawn:?}");
}

#[test]
fn another_version_goes_on_where_the_last_one_stopped() {
    let before = randomised(r#""epsilon": 2"#, EASE);
    let after = randomised(r#""epsilon": 2"#, &EASE.replace(r#""points": 5"#, r#""points": 7"#));
    let other = randomised(r#""epsilon": 1.5, "lifetime_epsilon": 8"#, EASE);
    for next in [&after, &other] {
        for (months, goes_on) in [(1, 60), (3, 60), (4, 0)] {
            let mut browser = Browser::new();
            assert_eq!(browser.months(&before, 0, months), months);
            assert_eq!(browser.months(next, 10, 60), goes_on);
            assert!(browser.spent() <= 8.0);
        }
    }
}

/// In an earlier build, whoever had answered everything was told so, and only then that nothing could be sent.
#[test]
fn nobody_answers_in_vain() {
    let items = format!("{NPS}, {EASE}");
    for first in ["1", "2", "3"] {
        for second in ["0.5", "1", "2", "2.5", "3"] {
            for lifetime in ["3", "5", "6"] {
                let of = |epsilon: &str| {
                    randomised(&format!(r#""epsilon": {epsilon}, "lifetime_epsilon": {lifetime}"#), &items)
                };
                for months in 0..6 {
                    let mut browser = Browser::new();
                    browser.months(&of(first), 0, months);
                    let (next, wave) = (of(second), Wave::of(of(second).wave, 20_000));
                    let affords = affords(&next, &browser.keep, wave);
                    let released = browser.release(&next, &Plan::given(&next), &[2, 2], 700).is_some();
                    assert_eq!(affords, released, "{first} {second} {lifetime} {months}");
                }
            }
        }
    }
}

/// An earlier build sent its reports as they were drawn, under another name.
#[test]
fn reports_of_an_earlier_build_are_not_used_but_stay_spent() {
    let definition = randomised(r#""epsilon": 2"#, NPS);
    let old = |spent: u32| {
        format!(
            r#"{{"spent":{spent},"batches":[],"replacements":{{"recommend":{{"epsilon":2,"classes":[2,2,2],"used":3}}}}}}"#
        )
    };
    let mut browser = Browser::with(&old(6), &definition);
    assert_eq!(browser.spent().to_string(), "6");
    assert_eq!(browser.months(&definition, 0, 60), 60, "whoever has answered in every wave goes on");
    assert_eq!(browser.spent().to_string(), "8");
    // All three were reported as promoters; permanent reports that were drawn anew aren't, of some browser.
    let anew = (0..20).any(|seed| {
        let mut browser =
            Browser { rng: ChaCha12Rng::seed_from_u64(seed), ..Browser::with(&old(0), &definition) };
        let prepared = browser.release(&definition, &Plan::given(&definition), &[0], 0).unwrap();
        released(&prepared).items[0].1.cells()[2] == 0
    });
    assert!(anew);
    assert_eq!(Browser::with(&old(7), &definition).months(&definition, 0, 60), 0);
}

#[test]
fn a_lifetime_below_one_release_is_refused() {
    let privacy = json!({"kind": "randomised", "epsilon": 2, "lifetime_epsilon": 1});
    let text = documents::survey("s").item(net_promoter("recommend")).privacy(privacy).to_string();
    assert_eq!(Definition::parse(&text).unwrap_err().to_string(), "privacy.lifetime_epsilon: 1 is below 2");
}
