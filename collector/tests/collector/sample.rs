use crate::support::{Collector, TODAY, folder, noon, options};
use puls_analysis::results::Results;
use puls_collector::clock::Clock;
use puls_collector::command::sample;

const SURVEYS: [&str; 4] = [
    include_str!("../../../surveys/nps.json"),
    include_str!("../../../surveys/support-chat.json"),
    include_str!("../../../surveys/engagement-pulse.json"),
    include_str!("../../../surveys/drivers.json"),
];

async fn results(collector: &Collector, survey: &str) -> Results {
    serde_json::from_value(collector.read(&format!("/v1/surveys/{survey}/results")).await).unwrap()
}

#[tokio::test]
async fn sample_data_is_marked_and_added_once() {
    let folder = folder(&SURVEYS);
    let serve = options(folder.path());
    let options = sample::Options { surveys: serve.surveys, database: serve.database };
    let clock = Clock::at(noon(TODAY));
    sample::run(&options, &clock).await.unwrap();
    let collector = Collector::in_folder(folder).await;
    let mut seen = Vec::new();
    // Of exact answers, the last few of each wave and unit wait for others.
    for (survey, respondents, least) in [
        ("nps", 1_200, 1_200),
        ("support-chat", 2_556, 2_556),
        ("engagement-pulse", 240, 200),
        ("drivers", 2_400, 2_400),
    ] {
        let results = results(&collector, survey).await;
        assert_eq!((results.respondents, results.sample), (respondents, respondents), "{survey}");
        assert_eq!(results.waves.len(), 4, "{survey}");
        for item in &results.items {
            let counted = item.answered + item.missing;
            assert!((least..=respondents).contains(&counted), "{survey}: {counted} on {}", item.id);
            assert!(
                item.distribution.published().unwrap().iter().all(|share| share.estimate.value < 0.9),
                "{survey}: {}",
                item.id
            );
        }
        seen.push(results);
    }
    let folder = collector.stop().await;
    sample::run(&options, &clock).await.unwrap();
    let collector = Collector::in_folder(folder).await;
    for before in seen {
        assert_eq!(results(&collector, &before.survey).await, before);
    }
}
