use crate::support::{Collector, NPS, PULSE, TOKEN, nps_release, pulse_release};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const RELEASES: u32 = 2_000;

/// JSON of any kind, extreme numbers included.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just(0), Just(1), Just(3), Just(1_000_000)].prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        "2026-(W[0-9]{2}|[0-9]{2}|Q[0-9])".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{0,8}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A good release with one to three places changed, or with bytes of its text cut, doubled or replaced.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let good = (any::<bool>(), any::<usize>()).prop_map(|(batched, number)| match batched {
        true => pulse_release(number, "2026-W47", json!({"unit": "sales"})),
        false => nps_release(number),
    });
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any_json()), 0..3);
    let cuts = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3);
    (good, changes, cuts).prop_map(|(mut release, changes, cuts)| {
        for (place, value) in changes {
            let places = pointers(&release, String::new());
            let place: &String = place.get(&places);
            *release.pointer_mut(place).unwrap() = value;
        }
        let mut text = release.to_string().into_bytes();
        for (at, byte) in cuts {
            let at = at.index(text.len());
            match byte % 3 {
                0 => text[at] = byte,
                1 => drop(text.remove(at)),
                _ => text.insert(at, byte),
            }
            text.push(b' ');
        }
        text
    })
}

/// The JSON pointers of all values in a document.
fn pointers(value: &Value, place: String) -> Vec<String> {
    let mut inner: Vec<String> = match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(name, value)| {
                pointers(value, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")))
            })
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(index, value)| pointers(value, format!("{place}/{index}")))
            .collect(),
        _ => Vec::new(),
    };
    inner.push(place);
    inner
}

#[tokio::test]
async fn no_release_makes_the_collector_fail() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    let config = Config { rng_seed: RngSeed::Fixed(2026), ..Config::default() };
    let (mut runner, strategy) = (TestRunner::new(config), mutated());
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..RELEASES {
        let release = strategy.new_tree(&mut runner).unwrap().current();
        let shown = String::from_utf8_lossy(&release).into_owned();
        let request =
            collector.request(Method::POST, "/v1/releases").header("content-type", "application/json");
        let status = request.body(release).send().await.unwrap().status();
        match status.as_u16() {
            200 => accepted += 1,
            400..500 => refused += 1,
            _ => panic!("{status} for {shown}"),
        }
    }
    // Both ways have to be tried for this to mean anything.
    assert!(accepted > 100 && refused > 1_000, "{accepted} accepted, {refused} refused");
    assert_eq!(collector.get("/healthz").await.status(), 200);
}

/// The part of an address after the question mark: names that mean something and others, with values of all kinds.
fn any_query() -> impl Strategy<Value = String> {
    const NAMES: [&str; 9] =
        ["by", "wave", "lang", "measure", "outcome", "segment.unit", "segment.site", "segment.", ""];
    const VALUES: [&str; 20] = [
        "unit",
        "site",
        "sales",
        "2026-W47",
        "2026-11",
        "2026-W60",
        "ease",
        "ease,ease:favourable",
        ",,",
        "why",
        "en",
        "%ff%fe",
        "%",
        "%00",
        "a%26b",
        "+",
        "0",
        "-1",
        "1e999",
        "null",
    ];
    let long = (1_usize..15_000).prop_map(|length| "a,".repeat(length));
    let value = prop_oneof![9 => proptest::sample::select(&VALUES[..]).prop_map(str::to_owned), 1 => long];
    let pair = (proptest::sample::select(&NAMES[..]), value);
    let pair = pair.prop_map(|(name, value)| format!("{name}={value}"));
    proptest::collection::vec(pair, 0..3).prop_map(|pairs| pairs.join("&"))
}

#[tokio::test]
async fn no_address_makes_the_collector_fail() {
    let collector = Collector::serving(&[NPS, PULSE]).await;
    for number in 0..12 {
        collector.accept(&pulse_release(number, "2026-W47", json!({"unit": "sales"}))).await;
    }
    let of_survey = ["trend", "teams", "drivers", "results"];
    let of_survey = of_survey.map(|answer| format!("/v1/surveys/pulse/{answer}"));
    let of_all = ["overview", "links", "benchmarks"].map(|answer| format!("/v1/{answer}"));
    let paths: Vec<String> = of_survey.into_iter().chain(of_all).collect();
    let methods = [Method::GET, Method::GET, Method::HEAD, Method::GET, Method::OPTIONS, Method::POST];
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(29), ..Config::default() });
    let mut seen = BTreeMap::<u16, u32>::new();
    for number in 0..700 {
        let query = any_query().new_tree(&mut runner).unwrap().current();
        let path = format!("{}?{query}", paths[number % paths.len()]);
        let request = collector.request(methods[number % methods.len()].clone(), &path);
        let response = request.bearer_auth(TOKEN).send().await.unwrap();
        let status = response.status().as_u16();
        assert!([200, 400, 405, 414].contains(&status), "{status}: {path:.200}");
        let length = response.bytes().await.unwrap().len();
        assert!(length < 200_000, "{length}: {path:.200}");
        *seen.entry(status).or_default() += 1;
    }
    assert!([200, 400, 405].iter().all(|status| seen[status] > 50), "{seen:?}");
}
