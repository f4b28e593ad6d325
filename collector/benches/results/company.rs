//! A company whose answers are in the database already: its surveys, and what each unit's people answered in each wave.

use puls_core::definition::Definition;
use puls_core::wave::{Day, Period, Wave};
use puls_documents::{Document, net_promoter, rating, survey};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};

/// The employees' survey: one recommendation and 19 ratings.
const ITEMS: usize = 20;

/// How many of these lines are joint, where the mechanism allows for it: as many as there may be.
const JOINT: usize = 12;

/// How many answers recommendations and ratings have.
const RECOMMENDATIONS: usize = 11;
const POINTS: usize = 5;

/// How many units answered in how many weeks.
pub(crate) struct Company {
    pub(crate) units: usize,
    pub(crate) waves: i32,
    /// The people of each unit who answered in each wave.
    pub(crate) people: usize,
    /// Each of them stands for so many who answered alike.
    pub(crate) alike: u64,
    pub(crate) privacy: Value,
    /// The last day.
    pub(crate) today: Day,
}

/// What some people answered.
struct Answers {
    /// How often each answer was given, line by line.
    cells: Vec<Vec<u64>>,
    /// Sums of products of the joint lines.
    products: Vec<u64>,
}

impl Company {
    /// The employees' survey, and one of customers with the recommendation alone.
    pub(crate) fn surveys(&self) -> [String; 2] {
        let units: Vec<String> = (0..self.units).map(unit).collect();
        let complete = |document: Document| {
            let document = document.with("segments", json!({"unit": units})).with("wave", "week");
            document.privacy(self.privacy.clone())
        };
        let mut pulse = complete(survey("pulse").with("audience", "employee").items((0..ITEMS).map(item)));
        if self.has_joint() {
            pulse = pulse.with("joint", (0..JOINT).map(line).collect::<Vec<_>>());
        }
        [pulse, complete(survey("voice").item(item(0)))].map(|document| document.to_string())
    }

    /// A release of `pulse` in the current wave by a unit.
    pub(crate) fn release(&self, id: String) -> Value {
        let people = self.privacy["k"].as_u64().map_or(1, |k| usize::try_from(k).unwrap());
        let answers = self.answers(people, &mut ChaCha8Rng::seed_from_u64(1));
        let items = answers.cells.iter().enumerate();
        let mechanism = Definition::parse(&self.surveys()[0]).unwrap().privacy.to_string();
        let mechanism: Value = serde_json::from_str(&mechanism).unwrap();
        let items = items.map(|(index, cells)| (line(index), json!({"cells": cells, "missing": 0})));
        let mut release = json!({
            "format": "puls-release/1", "id": id, "survey": "pulse", "version": 1, "wave": self.wave(0).to_string(),
            "segment": {"unit": unit(0)}, "mechanism": mechanism, "respondents": people,
            "items": items.collect::<serde_json::Map<_, _>>(),
        });
        if self.has_joint() {
            release["joint"] = json!({"respondents": people, "products": answers.products});
        }
        release
    }

    /// Writes down what everybody has answered, and each unit's headcount and margin.
    pub(crate) async fn fill(&self, database: &str) {
        let mut connection = SqliteConnection::connect(database).await.unwrap();
        let mut transaction = connection.begin().await.unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        for survey in self.surveys() {
            let definition = Definition::parse(&survey).unwrap();
            for wave in (0..self.waves).map(|back| self.wave(back).to_string()) {
                for unit in (0..self.units).map(unit) {
                    self.fill_group(&mut transaction, &definition, &wave, &unit, &mut rng).await;
                }
            }
        }
        for wave in (0..self.waves).map(|back| self.wave(back).to_string()) {
            for unit in (0..self.units).map(unit) {
                let headcount = self.alike * self.people as u64 * 2;
                let facts = [("headcount", headcount as f64), ("margin", f64::from(rng.next_u32() % 100))];
                for (measure, value) in facts {
                    let fact = sqlx::query("INSERT INTO facts VALUES ($1, $2, $3, $4)");
                    let fact = fact.bind(&unit).bind(&wave).bind(measure).bind(value);
                    fact.execute(&mut *transaction).await.unwrap();
                }
            }
        }
        let edition = sqlx::query("INSERT INTO settings VALUES ('organisation_edition', '1')");
        edition.execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
        connection.close().await.unwrap();
    }

    async fn fill_group(
        &self,
        connection: &mut SqliteConnection,
        definition: &Definition,
        wave: &str,
        unit: &str,
        rng: &mut ChaCha8Rng,
    ) {
        let answers = self.answers(self.people, rng);
        let respondents = i64::try_from(self.alike).unwrap() * i64::try_from(self.people).unwrap();
        let times =
            |sums: &[u64]| json!(sums.iter().map(|sum| sum * self.alike).collect::<Vec<_>>()).to_string();
        let holding = sqlx::query_scalar(
            "INSERT INTO holdings (survey, version, wave, segment, mechanism, respondents, sample)
             VALUES ($1, 1, $2, $3, $4, $5, 0) RETURNING id",
        );
        let holding = holding.bind(&definition.id).bind(wave).bind(format!(r#"{{"unit":"{unit}"}}"#));
        let holding = holding.bind(definition.privacy.to_string()).bind(respondents);
        let holding: i64 = holding.fetch_one(&mut *connection).await.unwrap();
        for (counted, cells) in definition.counted().iter().zip(&answers.cells) {
            let row = sqlx::query("INSERT INTO lines VALUES ($1, $2, $3, 0, $4)");
            let row = row.bind(holding).bind(counted.id).bind(respondents).bind(times(cells));
            row.execute(&mut *connection).await.unwrap();
        }
        if !definition.joint.lines().is_empty() {
            let row = sqlx::query("INSERT INTO joint VALUES ($1, 0, $2)");
            row.bind(holding).bind(times(&answers.products)).execute(connection).await.unwrap();
        }
    }

    /// What so many people answer: everybody has a mood, on which all of their answers depend.
    fn answers(&self, people: usize, rng: &mut ChaCha8Rng) -> Answers {
        let recommendations = if self.is_randomised() { 3 } else { RECOMMENDATIONS };
        let sizes: Vec<usize> =
            (0..ITEMS).map(|item| if item == 0 { recommendations } else { POINTS }).collect();
        let mut cells: Vec<Vec<u64>> = sizes.iter().map(|size| vec![0; *size]).collect();
        let mut products = vec![0; (JOINT + 1) * (JOINT + 2) / 2];
        for _ in 0..people {
            let mood = rng.next_u32() as usize % POINTS;
            let mut answer =
                |size: &usize| (mood + rng.next_u32() as usize % POINTS) * (size - 1) / (2 * (POINTS - 1));
            let chosen: Vec<usize> = sizes.iter().map(&mut answer).collect();
            cells.iter_mut().zip(&chosen).for_each(|(cells, chosen)| cells[*chosen] += 1);
            let factors: Vec<u64> =
                [1].into_iter().chain(chosen.iter().take(JOINT).map(|cell| *cell as u64)).collect();
            let pairs =
                (0..factors.len()).flat_map(|one| (one..factors.len()).map(move |other| (one, other)));
            products
                .iter_mut()
                .zip(pairs)
                .for_each(|(sum, (one, other))| *sum += factors[one] * factors[other]);
        }
        Answers { cells, products }
    }

    /// The wave that was current so many weeks ago.
    fn wave(&self, weeks_ago: i32) -> Wave {
        Wave::of(Period::Week, self.today.days_since_1970() - 7 * weeks_ago)
    }

    fn is_randomised(&self) -> bool {
        self.privacy["kind"] == "randomised"
    }

    fn has_joint(&self) -> bool {
        self.privacy["kind"] == "batched"
    }
}

fn unit(index: usize) -> String {
    format!("unit-{index:03}")
}

fn line(index: usize) -> String {
    if index == 0 { "recommend".to_owned() } else { format!("item-{index:02}") }
}

fn item(index: usize) -> Document {
    if index == 0 { net_promoter(&line(0)) } else { rating(&line(index), POINTS) }
}
