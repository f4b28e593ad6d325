//! Whatever has to do with waves, on the days on which calendars go wrong.

use crate::support::{Collector, folder, id, noon, options};
use puls_core::wave::{Day, Period, Wave};
use puls_documents::{self as documents, direct, rating};
use serde_json::{Value, json};

/// Days by what is special about them.
pub(crate) const DAYS: [(&str, &str); 14] = [
    ("2026-11-30", "a Monday, and a month's last day"),
    ("2026-11-29", "a Sunday"),
    ("2026-12-01", "a month's first day"),
    ("2026-12-31", "a year's last day, in week 53"),
    ("2027-01-01", "a year's first day, in the year before's week 53"),
    ("2027-01-03", "the last day of week 53"),
    ("2027-01-04", "the first day of week 1"),
    ("2028-02-28", "the day before 29 February"),
    ("2028-02-29", "29 February"),
    ("2028-03-01", "the day after 29 February"),
    ("2026-03-29", "clocks go forward in Europe"),
    ("2026-10-25", "clocks go back in Europe"),
    ("2026-03-08", "clocks go forward in America"),
    ("2026-11-01", "clocks go back in America"),
];

const PERIODS: [Period; 3] = [Period::Week, Period::Month, Period::Quarter];

fn survey(period: Period) -> String {
    let small =
        documents::survey("small").item(rating("ease", 5)).privacy(direct()).with("wave", period.name());
    small.with("segments", json!({"unit": ["a", "b"]})).to_string()
}

fn release(number: usize, wave: Wave, unit: &str) -> Value {
    json!({
        "format": "puls-release/1", "id": id(number), "survey": "small", "version": 1, "wave": wave.to_string(),
        "segment": {"unit": unit}, "mechanism": {"kind": "direct"}, "respondents": 1,
        "items": {"ease": {"cells": [1, 0, 0, 0, 0], "missing": 0}},
    })
}

fn wave_of(period: Period, day: Day) -> Wave {
    Wave::of(period, day.days_since_1970())
}

/// Served a year before.
async fn serving(period: Period, day: Day) -> Collector {
    let folder = folder(&[&survey(period)]);
    let options = options(folder.path());
    Collector::at(&day.plus(-365).to_string(), folder, &options).await
}

/// The message that a release is refused with; none if it isn't.
async fn refusal(collector: &Collector, number: usize, wave: Wave) -> Option<String> {
    let response = collector.post(release(number, wave, "a")).await;
    if response.status() == 200 {
        return None;
    }
    assert_eq!(response.status(), 422);
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["errors"].as_array().unwrap().len(), 1);
    assert_eq!(problem["errors"][0]["place"], "wave");
    problem["errors"][0]["message"].as_str().map(str::to_owned)
}

/// Whether a survey's releases are taken, of the waves of the days around `day`, on that day.
#[tokio::test]
async fn a_wave_is_open_from_two_days_before_to_31_days_after() {
    for period in PERIODS {
        let collector = serving(period, Day::parse("2026-03-08").unwrap()).await;
        let mut number = 0;
        for (day, what) in DAYS {
            collector.clock.set(noon(day));
            let day = Day::parse(day).unwrap();
            for of in (-140..=140).map(|days| day.plus(days)) {
                // Each wave's last day, and its first one.
                let wave = wave_of(period, of);
                if of != wave.first_day() && of != wave.last_day() {
                    continue;
                }
                number += 1;
                let is_open = wave.first_day() <= day.plus(2) && day <= wave.last_day().plus(31);
                let refusal = refusal(&collector, number, wave).await;
                assert_eq!(refusal.is_none(), is_open, "{wave} on {day}, {what}: {refusal:?}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_outside_is_told_what_is_allowed() {
    let folder = folder(&[&survey(Period::Month)]);
    let options = options(folder.path());
    let collector = Collector::at("2026-11-20", folder, &options).await;
    let refused = async |wave: &str| refusal(&collector, 1, Wave::parse(wave).unwrap()).await.unwrap();
    assert_eq!(
        refused("2199-01").await,
        "2199-01 has not begun; releases are taken from 2198-12-30 on; is the device's clock right?"
    );
    for wave in ["0000-01", "1970-01", "2026-09"] {
        let message = refused(wave).await;
        assert!(message.starts_with(&format!("{wave} closed after ")), "{message}");
        assert!(message.ends_with("releases are taken until 31 days after a wave's last day"), "{message}");
    }
    assert_eq!(
        refused("2026-10").await,
        "2026-10 ended on 2026-10-31, before this version of the survey was first served, on 2026-11-20"
    );
    assert_eq!(collector.read("/v1/surveys/small/results").await["waves"], json!([]));
}

#[tokio::test]
async fn each_version_opens_its_own_waves() {
    let folder = folder(&[&survey(Period::Month)]);
    let options = options(folder.path());
    let collector = Collector::at("2026-10-31", folder, &options).await;
    let folder = collector.stop().await;
    let second = survey(Period::Month).replace("\"version\":1", "\"version\":2");
    std::fs::write(folder.path().join("surveys/0.json"), second).unwrap();
    let collector = Collector::at("2026-11-20", folder, &options).await;
    let october = Wave::parse("2026-10").unwrap();
    assert_eq!(refusal(&collector, 1, october).await, None);
    let mut newer = release(2, october, "a");
    newer["version"] = json!(2);
    assert_eq!(collector.post(&newer).await.status(), 422);
    // Started again, it knows since when.
    let collector = Collector::at("2026-11-29", collector.stop().await, &options).await;
    assert_eq!(refusal(&collector, 3, october).await, None);
    assert_eq!(collector.post(&newer).await.status(), 422);
    newer["wave"] = json!("2026-11");
    collector.accept(&newer).await;
}

#[tokio::test]
async fn a_clock_that_was_ahead_when_a_version_was_first_served_does_no_lasting_harm() {
    let folder = folder(&[&survey(Period::Month)]);
    let options = options(folder.path());
    let folder = Collector::at("2099-01-01", folder, &options).await.stop().await;
    let collector = Collector::at("2026-11-20", folder, &options).await;
    assert_eq!(refusal(&collector, 1, Wave::parse("2026-11").unwrap()).await, None);
}

/// What is left of two groups is told together once their wave is over, and a day has passed for browsers that were offline.
#[tokio::test]
async fn a_wave_is_over_a_day_after_its_last() {
    for (period, (day, what)) in PERIODS.into_iter().flat_map(|period| DAYS.map(|day| (period, day))) {
        let day = Day::parse(day).unwrap();
        let collector = serving(period, day).await;
        collector.clock.set(noon(&day.to_string()));
        let wave = wave_of(period, day);
        for number in 0..6 {
            collector.accept(&release(number, wave, if number < 4 { "a" } else { "b" })).await;
        }
        let mut told = Vec::new();
        for after in 0..4 {
            collector.clock.set(noon(&wave.last_day().plus(after).to_string()));
            let results = collector.read("/v1/surveys/small/results").await;
            told.push(results["items"][0]["answered"].as_u64().unwrap());
        }
        assert_eq!(told, [0, 0, 6, 6], "{what}, {wave}");
    }
}
