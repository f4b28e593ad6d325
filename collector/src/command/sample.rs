//! `puls-collector sample`: adds the answers of made-up respondents, so that there is something to see.

use super::CommandError;
use super::options::path;
use crate::clock::Clock;
use crate::settler::settle_all;
use crate::simulate;
use crate::store::{self, Added};
use crate::surveys::Surveys;
use clap::Args;
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::wave::Day;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// The options of `sample`.
#[derive(Args, Clone)]
pub struct Options {
    /// Folder with the surveys' definitions, *.json
    #[arg(long, env = "PULS_SURVEYS", value_name = "DIR", value_parser = path())]
    pub surveys: PathBuf,
    /// Database for the totals: sqlite:FILE; the file is created if it doesn't exist
    #[arg(long, env = "PULS_DATABASE", value_name = "URL")]
    pub database: String,
}

/// Lets made-up respondents answer every survey in the last few waves before the `clock`'s day. Their releases have the
/// same ids each time, so a second run adds nothing.
///
/// # Errors
/// [`CommandError`] if a survey has mistakes or the database can't be used.
pub async fn run(options: &Options, clock: &Clock) -> Result<(), CommandError> {
    let store = store::open(&options.database).await?;
    let surveys = Arc::new(Surveys::open(&options.surveys, &*store, clock.today()).await?);
    let mut releases = Vec::new();
    for definition in surveys.iter() {
        releases.extend(receive(definition, clock.today())?);
    }
    let added = store.add_sample(&releases, clock.today()).await?;
    settle_all(&store, &surveys, clock.today()).await?;
    store.close().await;
    let mut out = std::io::stdout();
    for definition in surveys.iter() {
        let new = releases.iter().zip(&added).filter(|(_, added)| **added == Added::Now);
        // Each respondent is in exactly one release that has the first line, whether or not lines are posted
        // separately.
        let first = definition.counted().first().map(|line| line.id);
        let respondents: u64 = new
            .filter(|(release, _)| release.survey == definition.id)
            .filter(|(release, _)| release.items.first().map(|(id, _)| id.as_str()) == first)
            .map(|(release, _)| release.respondents)
            .sum();
        writeln!(out, "{}: {respondents} respondents of sample data added", definition.id)?;
    }
    Ok(())
}

/// Reads the releases as if they had been posted.
fn receive(definition: &Definition, today: Day) -> Result<Vec<Received>, CommandError> {
    let known = |survey: &str, version| {
        (survey == definition.id && version == definition.version).then_some(definition)
    };
    let releases = simulate::releases(definition, today);
    releases.iter().map(|release| Ok(Received::parse(release.json(), known)?)).collect()
}
