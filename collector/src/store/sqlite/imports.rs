//! Keeps what the organisation has told: facts in a table, and the files of units and benchmarks as settings.

use super::settings::put;
use super::{Sqlite, SqliteError};
use crate::store::{EDITION, Import, Imports};
use puls_analysis::organisation::{Fact, Facts};
use puls_core::wave::Wave;
use sqlx::{QueryBuilder, SqliteConnection};
use std::collections::BTreeMap;

const UNITS: &str = "organisation_units";
const BENCHMARKS: &str = "organisation_benchmarks";

/// How many facts one statement adds. SQLite takes 32,766 parameters, and each fact has four.
const FACTS_AT_ONCE: usize = 5_000;

#[derive(sqlx::FromRow)]
struct Row {
    unit: String,
    wave: String,
    measure: String,
    value: f64,
}

impl Row {
    fn fact(&self) -> Option<Fact<'_>> {
        let Self { unit, wave, measure, value } = self;
        Some(Fact { unit, wave: Wave::parse(wave)?, measure, value: *value })
    }
}

/// Reads all. The edition comes first: if somebody imports meanwhile, the next look at the edition finds another one.
pub(super) async fn all(database: &Sqlite) -> Result<Imports, SqliteError> {
    let settings = sqlx::query_as("SELECT name, value FROM settings WHERE name IN ($1, $2, $3)");
    let settings: Vec<(String, String)> =
        settings.bind(EDITION).bind(UNITS).bind(BENCHMARKS).fetch_all(&database.reads()).await?;
    let mut settings: BTreeMap<String, String> = settings.into_iter().collect();
    let facts = sqlx::query_as("SELECT unit, wave, measure, value FROM facts");
    let facts: Vec<Row> = facts.fetch_all(&database.reads()).await?;
    Ok(Imports {
        edition: settings.remove(EDITION),
        units: settings.remove(UNITS),
        benchmarks: settings.remove(BENCHMARKS),
        facts: facts.iter().filter_map(Row::fact).collect(),
    })
}

pub(super) async fn add(database: &Sqlite, import: &Import) -> Result<(), SqliteError> {
    let mut transaction = database.begin().await?;
    match import {
        Import::Units(file) => put(&mut transaction, UNITS, file).await?,
        Import::Benchmarks(file) => put(&mut transaction, BENCHMARKS, file).await?,
        Import::Facts(facts) => add_facts(&mut transaction, facts).await?,
    }
    // Chance makes the editions of different databases differ, since one may take another's place.
    let edition = sqlx::query_scalar("SELECT lower(hex(randomblob(16)))");
    let edition: String = edition.fetch_one(&mut *transaction).await?;
    put(&mut transaction, EDITION, &edition).await?;
    transaction.commit().await
}

async fn add_facts(connection: &mut SqliteConnection, facts: &Facts) -> Result<(), SqliteError> {
    let facts: Vec<Fact<'_>> = facts.iter().collect();
    for some in facts.chunks(FACTS_AT_ONCE) {
        let mut statement =
            QueryBuilder::<sqlx::Sqlite>::new("INSERT INTO facts (unit, wave, measure, value) ");
        statement.push_values(some, |mut row, Fact { unit, wave, measure, value }| {
            row.push_bind(*unit).push_bind(wave.to_string()).push_bind(*measure).push_bind(*value);
        });
        statement.push(" ON CONFLICT (unit, wave, measure) DO UPDATE SET value = excluded.value");
        statement.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}
