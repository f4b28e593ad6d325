//! `puls-collector void`: takes a wave or a version of a survey out of the totals.

use super::CommandError;
use crate::clock::Clock;
use crate::store::{self, Extent, Held, Revision, RevisionKind, Store, StoreError, StoredDefinition};
use clap::Args;
use puls_core::definition::Definition;
use puls_core::wave::{Day, Wave};
use std::io::Write;

/// 2026-11-21 in days since 1970. Messages name its wave as an example.
const EXAMPLE_DAY: i32 = 20_778;

/// The reason in the revision if the operator gives none.
const NO_REASON: &str = "taken out by the operator";

/// The options of `void`.
#[derive(Args, Clone)]
pub struct Options {
    /// Database with the totals: sqlite:FILE
    #[arg(long, env = "PULS_DATABASE", value_name = "URL")]
    pub database: String,
    /// The survey's id
    #[arg(long, value_name = "ID")]
    pub survey: String,
    /// The wave, such as 2026-11; if left out, all waves of the version
    #[arg(long, value_name = "WAVE", required_unless_present = "version")]
    pub wave: Option<String>,
    /// The version; if left out, all versions
    #[arg(long, value_name = "VERSION")]
    pub version: Option<u32>,
    /// The reason, which readers of results are shown
    #[arg(long, value_name = "TEXT", default_value = NO_REASON)]
    pub reason: String,
    /// Print what would be taken out, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Why nothing can be taken out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VoidError {
    /// The database has no such survey.
    #[error("survey {survey:?} is unknown; the database has {known}")]
    Survey {
        /// As given.
        survey: String,
        /// The surveys that it has.
        known: String,
    },
    /// The survey has no such version.
    #[error("survey {survey} has no version {version}; the database has {known}")]
    Version {
        /// The survey's id.
        survey: String,
        /// As given.
        version: u32,
        /// The versions that it has.
        known: String,
    },
    /// The survey has no waves of this form.
    #[error("{wave:?} is no wave of survey {survey}; its waves are such as {example}")]
    Wave {
        /// The survey's id.
        survey: String,
        /// As given.
        wave: String,
        /// An example of its waves.
        example: Wave,
    },
    /// The totals have nothing of what was named.
    #[error("there is nothing to take out; the totals of survey {survey} have {known}{}", when(*taken_out))]
    Nothing {
        /// The survey's id.
        survey: String,
        /// The versions and waves of which the totals have something.
        known: String,
        /// The day on which it was taken out before, if it was.
        taken_out: Option<Day>,
    },
}

fn when(taken_out: Option<Day>) -> String {
    taken_out.map_or(String::new(), |day| format!("; it was taken out on {day}"))
}

/// Takes totals out and prints them. A dry run only prints them.
///
/// # Errors
/// [`CommandError`] if there is nothing to take out, or the database can't be used.
pub async fn run(options: &Options, clock: &Clock) -> Result<(), CommandError> {
    let store = store::open_existing(&options.database).await?;
    let done = void(&*store, options, clock.today()).await;
    store.close().await;
    done
}

async fn void(store: &dyn Store, options: &Options, today: Day) -> Result<(), CommandError> {
    let Options { survey, version, wave, reason, dry_run, .. } = options;
    let stored = store.definitions().await?;
    check_known(&stored, survey, *version)?;
    let extent = Extent { survey: survey.clone(), version: *version, wave: wave.clone() };
    let all = if *dry_run { store.held(&extent).await? } else { store.void(&extent, today, reason).await? };
    if all.is_empty() {
        return Err(nothing(store, &stored, options).await?.into());
    }
    let mut out = std::io::stdout();
    for held in &all {
        writeln!(out, "survey {survey}, {}", described(held))?;
    }
    if *dry_run {
        writeln!(out, "nothing is changed, since this is a dry run")?;
    } else {
        writeln!(out, "taken out on {today}: {reason}")?;
    }
    Ok(())
}

/// One version's totals in one wave, in words.
fn described(Held { version, wave, respondents, sample, segments, lines }: &Held) -> String {
    let of_sample = if *sample > 0 { format!(" ({sample} of them sample data)") } else { String::new() };
    let counted = |count: u64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    format!(
        "version {version}, wave {wave}: {}{of_sample} in {}, {}",
        counted(*respondents, "respondent"),
        counted(*segments, "segment"),
        counted(*lines, "line"),
    )
}

fn check_known(stored: &[StoredDefinition], survey: &str, version: Option<u32>) -> Result<(), VoidError> {
    let mut surveys: Vec<&str> = stored.iter().map(|stored| stored.survey.as_str()).collect();
    surveys.dedup();
    if !surveys.contains(&survey) {
        return Err(VoidError::Survey { survey: survey.to_owned(), known: listed(surveys) });
    }
    let versions: Vec<u32> =
        stored.iter().filter(|stored| stored.survey == survey).map(|stored| stored.version).collect();
    match version.filter(|version| !versions.contains(version)) {
        Some(version) => {
            Err(VoidError::Version { survey: survey.to_owned(), version, known: listed(versions) })
        }
        None => Ok(()),
    }
}

/// The reason why there is nothing to take out.
async fn nothing(
    store: &dyn Store,
    stored: &[StoredDefinition],
    options: &Options,
) -> Result<VoidError, StoreError> {
    if let Some(error) = other_wave(stored, options) {
        return Ok(error);
    }
    let survey = options.survey.clone();
    let whole = store.held(&Extent { survey: survey.clone(), version: None, wave: None }).await?;
    let known = whole.iter().map(|held| format!("version {} in {}", held.version, held.wave));
    let revisions = store.revisions(&survey).await?;
    let taken_out = revisions.iter().rfind(|revision| options.took(revision)).map(|revision| revision.day);
    Ok(VoidError::Nothing { survey, known: listed(known), taken_out })
}

/// The error for a wave that none of the named versions can have.
fn other_wave(stored: &[StoredDefinition], options: &Options) -> Option<VoidError> {
    let Options { survey, wave, .. } = options;
    let wave = wave.as_ref()?;
    let found = Wave::parse(wave).map(Wave::period);
    let meant = stored.iter().filter(|stored| stored.survey == *survey && options.means(stored.version));
    // A definition that this build can't read any longer says nothing about waves.
    let definitions: Vec<Definition> =
        meant.filter_map(|stored| Definition::parse(&stored.json).ok()).collect();
    let mut periods = definitions.iter().map(|definition| definition.wave);
    if periods.clone().any(|period| found == Some(period)) {
        return None;
    }
    let example = Wave::of(periods.next()?, EXAMPLE_DAY);
    Some(VoidError::Wave { survey: survey.clone(), wave: wave.clone(), example })
}

impl Options {
    fn means(&self, version: u32) -> bool {
        self.version.is_none_or(|meant| meant == version)
    }

    /// Whether a revision took out what the options name.
    fn took(&self, revision: &Revision) -> bool {
        let is_wave = self.wave.as_ref().is_none_or(|wave| *wave == revision.wave);
        revision.kind == RevisionKind::Void && self.means(revision.version) && is_wave
    }
}

/// Joins all with commas; "nothing" if there is none.
fn listed<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    let all: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}
