//! Data that others have published go all the way from single answers through the widget's own code to the API, which
//! says what R and statsmodels say of them. `public_data/README.md` has the sources.

use crate::support::{Collector, TODAY};
use puls_core::definition::{Definition, LineIndex};
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, Prepared, Release, prepare};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use puls_documents::{Document, batched, rating, survey};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Value, json};

/// How far a closed formula may be off.
const ROUNDING: f64 = 1e-9;

/// How far the range of a mean may be from Student's, for which nobody is added: in points, with more than 2,600
/// answers.
const NEAR: f64 = 0.005;

/// How many people make a batch: so many that nobody is left on the device.
const BATCH_OF_2800: usize = 140;
const BATCH_OF_6366: usize = 6;

/// What the widget's code releases of people who share a device. Each has answered every item with a digit from 1, or with `-`,
/// which is no answer.
fn releases<'a>(document: &Document, people: impl Iterator<Item = &'a str>) -> Vec<Release> {
    let definition = Definition::parse(&document.to_string()).unwrap();
    let wave = Wave::of(definition.wave, Day::parse(TODAY).unwrap().days_since_1970());
    let (mut device, mut rng) = (Keep::default(), ChaCha12Rng::seed_from_u64(1));
    let mut releases = Vec::new();
    for person in people {
        let mut response = Response::new(&definition);
        for (line, answer) in person.chars().enumerate().filter(|(_, answer)| *answer != '-') {
            let point = usize::try_from(answer.to_digit(10).unwrap()).unwrap();
            response.tap(&definition, LineIndex(line), Cell(point - 1));
        }
        let (plan, segment) = (Plan::given(&definition), Segment::default());
        let path = Path::of(&definition, &plan, &segment, &response);
        let Prepared { outcome, mut keep, .. } = prepare(&path, device, wave, &mut rng).unwrap();
        keep.take_full(&definition, wave);
        device = keep;
        if let Outcome::Release(release) = outcome {
            releases.push(release);
        }
    }
    releases
}

/// What a collector says once it has all of them.
async fn served(document: &Document, releases: &[Release]) -> Value {
    let collector = Collector::serving(&[&document.to_string()]).await;
    for release in releases {
        assert_eq!(collector.post(release.json()).await.status(), 200, "{}", release.json());
    }
    collector.read("/v1/surveys/s/results").await
}

/// A figure and its range, from an object as the API has it or a list as R and Python write it.
fn numbers(figure: &Value) -> Vec<f64> {
    let numbers: Vec<&Value> = match figure {
        Value::Array(all) => all.iter().collect(),
        _ => ["value", "low", "high"].iter().map(|name| &figure[name]).collect(),
    };
    numbers.into_iter().map(|number| number.as_f64().unwrap_or_else(|| panic!("{figure}"))).collect()
}

fn assert_close(found: f64, expected: f64, slack: f64, what: &str) {
    assert!((found - expected).abs() < slack, "{what}: {found} is not {expected}");
}

fn assert_same(found: &Value, expected: &Value, what: &str) {
    let (found, expected) = (numbers(found), numbers(expected));
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.into_iter().zip(expected) {
        assert_close(found, expected, ROUNDING, what);
    }
}

/// Compares counts, shares and mean of an item.
fn assert_item(found: &Value, expected: &Value, what: &str) {
    assert_eq!(found["counts"], expected["counts"], "{what}");
    let [score, mean] = [&found["score"], &expected["mean"]].map(numbers);
    assert_close(score[0], mean[0], ROUNDING, what);
    assert_close(score[1], mean[1], NEAR, what);
    assert_close(score[2], mean[2], NEAR, what);
    let shares = found["distribution"].as_array().unwrap();
    assert_eq!(shares.len(), expected["counts"].as_array().unwrap().len(), "{what}");
    for (share, expected) in shares.iter().zip(expected["distribution"].as_array().unwrap()) {
        assert_same(share, expected, what);
    }
}

fn read(file: &str) -> Value {
    serde_json::from_str(file).unwrap()
}

#[tokio::test]
async fn five_scales_of_2800_people_are_as_consistent_as_psych_says() {
    let people: Vec<&str> = include_str!("public_data/bfi.txt").lines().collect();
    let scales = read(include_str!("public_data/bfi.json"));
    let scales = scales.as_object().unwrap();
    assert_eq!((people.len(), scales.len()), (2_800, 5));
    // Of the 25 answers of each person, five in a row belong to a scale.
    let names = ["agreeableness", "conscientiousness", "extraversion", "neuroticism", "openness"];
    for (place, name) in names.into_iter().enumerate() {
        let expected = &scales[name];
        let items = expected["items"].as_array().unwrap();
        let ids: Vec<&Value> = items.iter().map(|item| &item["id"]).collect();
        let reversed = expected["reversed"].as_array().unwrap();
        let item =
            |id: &&Value| rating(id.as_str().unwrap(), 6).optional().with("reverse", reversed.contains(id));
        let document =
            survey("s").items(ids.iter().map(item)).with("joint", json!(ids)).privacy(batched(BATCH_OF_2800));
        let releases = releases(&document, people.iter().map(|person| &person[5 * place..5 * place + 5]));
        let found = served(&document, &releases).await;
        assert_eq!(found["respondents"], 2_800, "{name}");
        for (place, expected) in items.iter().enumerate() {
            assert_item(&found["items"][place], expected, &format!("{name}, {}", expected["id"]));
        }
        assert_joint(&found["joint"], expected, name);
    }
}

/// Compares what is said of those who answered a whole scale.
fn assert_joint(found: &Value, expected: &Value, what: &str) {
    assert_eq!(found["respondents"], expected["respondents"], "{what}");
    assert_same(&found["alpha"], &expected["alpha"], what);
    for place in 0..5 {
        for other in 0..5 {
            let [found, expected] = [found, expected].map(|joint| &joint["correlations"][place][other]);
            assert_same(found, expected, what);
        }
        let line = &found["reliability"][place];
        assert_same(&line["item_rest"], &expected["item_rest"][place], what);
        assert_same(&line["alpha_without"], &expected["alpha_without"][place], what);
    }
}

#[tokio::test]
async fn top_two_of_five_of_6366_women_are_as_statsmodels_says() {
    let expected = read(include_str!("public_data/fair.json"));
    let counts = expected["counts"].as_array().unwrap();
    let times = |count: &Value| usize::try_from(count.as_u64().unwrap()).unwrap();
    let people = ["1", "2", "3", "4", "5"].into_iter().zip(counts);
    let people = people.flat_map(|(answer, count)| std::iter::repeat_n(answer, times(count)));
    let document = survey("s").item(rating("marriage", 5)).privacy(batched(BATCH_OF_6366));
    let found = served(&document, &releases(&document, people)).await;
    assert_eq!(found["respondents"], 6_366);
    let item = &found["items"][0];
    assert_item(item, &expected, "marriage");
    for third in ["favourable", "neutral", "unfavourable"] {
        assert_same(&item["favourable"][third], &expected["favourable"][third], third);
    }
}
