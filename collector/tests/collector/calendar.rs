//! Whatever has to do with waves, on the days on which calendars go wrong.

use crate::support::{Collector, folder, id, noon, options};
use puls_core::wave::{Day, Period, Wave};
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
    json!({
        "id": "small", "version": 1, "audience": "employee", "languages": ["en"], "title": "Small",
        "items": [{"id": "ease", "kind": "rating", "text": "Easy?", "scale": {"points": 5}}],
        "segments": {"unit": ["a", "b"]}, "wave": period.name(),
        "privacy": {"kind": "direct", "trust": "endpoint"},
    })
    .to_string()
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
