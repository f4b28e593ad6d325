//! `puls-collector import`: takes in what the organisation tells besides answers. A collector that is running goes by it
//! at once.

use super::CommandError;
use super::options::path;
use crate::store::{self, Import, Imports, Store};
use clap::{Args, ValueEnum};
use puls_analysis::organisation::{Benchmark, Benchmarks, Fact, FactProblems, Facts, Units};
use puls_core::read::Problems;
use puls_core::wave::Wave;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The options of `import`.
#[derive(Args, Clone)]
pub struct Options {
    /// What the file has
    pub kind: Kind,
    /// The file
    #[arg(value_parser = path())]
    pub file: PathBuf,
    /// Database with the totals: sqlite:FILE
    #[arg(long, env = "PULS_DATABASE", value_name = "URL")]
    pub database: String,
    /// Check the file, print what it would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The kinds of files.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JSON with all units and their earlier names, in place of those before
    Units,
    /// CSV with headcounts and outcomes, which are added to those before
    Facts,
    /// JSON with all reference distributions, in place of those before
    Benchmarks,
}

/// Why a file can't be imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file can't be read.
    #[error("can't read {}: {cause}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the operating system answered.
        cause: std::io::Error,
    },
    /// The file in JSON isn't text.
    #[error("{} isn't UTF-8; save it as UTF-8", file.display())]
    Encoding {
        /// The file.
        file: PathBuf,
    },
    /// The file in JSON has mistakes.
    #[error("{} can't be imported, and nothing is changed:\n{problems}", file.display())]
    Document {
        /// The file.
        file: PathBuf,
        /// All mistakes.
        problems: Problems,
    },
    /// The file in CSV has mistakes.
    #[error("{} can't be imported, and nothing is changed:\n{problems}", file.display())]
    Facts {
        /// The file.
        file: PathBuf,
        /// The first mistakes.
        problems: FactProblems,
    },
}

/// Imports a file, and prints what that changes. A dry run only prints it.
///
/// # Errors
/// [`CommandError`] if the file has mistakes, or the database can't be used.
pub async fn run(options: &Options) -> Result<(), CommandError> {
    let file = File::read(options.kind, &options.file)?;
    let store = store::open_existing(&options.database).await?;
    let done = import(&*store, file, options.dry_run).await;
    store.close().await;
    done
}

async fn import(store: &dyn Store, file: File, dry_run: bool) -> Result<(), CommandError> {
    let changes = file.changes(&store.imports().await?);
    if !dry_run {
        store.import(&file.into()).await?;
    }
    let mut out = std::io::stdout();
    for (what, changes) in changes {
        writeln!(out, "{what}: {changes}")?;
    }
    if dry_run {
        writeln!(out, "nothing is changed, since this is a dry run")?;
    }
    Ok(())
}

/// A file that has been checked. A file in JSON is kept as it is.
enum File {
    Units(Units, String),
    Facts(Facts),
    Benchmarks(Benchmarks, String),
}

impl File {
    fn read(kind: Kind, file: &Path) -> Result<Self, ImportError> {
        let bytes =
            std::fs::read(file).map_err(|cause| ImportError::File { file: file.to_owned(), cause })?;
        match kind {
            Kind::Units => read(file, bytes, Units::parse).map(|(units, text)| Self::Units(units, text)),
            Kind::Benchmarks => read(file, bytes, Benchmarks::parse)
                .map(|(benchmarks, text)| Self::Benchmarks(benchmarks, text)),
            Kind::Facts => Facts::parse(&bytes)
                .map(Self::Facts)
                .map_err(|problems| ImportError::Facts { file: file.to_owned(), problems }),
        }
    }

    /// What importing it changes, in numbers.
    fn changes(&self, before: &Imports) -> Vec<(&'static str, Changes)> {
        match self {
            Self::Units(units, _) => {
                let before = before.units();
                vec![
                    ("units", Changes::between(before.iter(), units.iter())),
                    ("renamed", Changes::between(before.renamed(), units.renamed())),
                ]
            }
            Self::Benchmarks(benchmarks, _) => {
                let before = before.benchmarks();
                let by_id = |benchmark: &Benchmark| (benchmark.id.clone(), benchmark.clone());
                vec![("benchmarks", Changes::between(before.iter().map(by_id), benchmarks.iter().map(by_id)))]
            }
            Self::Facts(facts) => {
                let changes = Changes::between(before.facts.iter().map(keyed), facts.iter().map(keyed));
                // Facts that the file doesn't have stay.
                vec![("facts", Changes { gone: 0, ..changes })]
            }
        }
    }
}

impl From<File> for Import {
    fn from(file: File) -> Self {
        match file {
            File::Units(_, text) => Self::Units(text),
            File::Facts(facts) => Self::Facts(facts),
            File::Benchmarks(_, text) => Self::Benchmarks(text),
        }
    }
}

/// Reads a file in JSON.
fn read<T>(
    file: &Path,
    bytes: Vec<u8>,
    parse: fn(&str) -> Result<T, Problems>,
) -> Result<(T, String), ImportError> {
    let text = String::from_utf8(bytes).map_err(|_| ImportError::Encoding { file: file.to_owned() })?;
    let read = parse(&text).map_err(|problems| ImportError::Document { file: file.to_owned(), problems })?;
    Ok((read, text))
}

/// What a fact is about, and its value.
fn keyed(Fact { unit, wave, measure, value }: Fact<'_>) -> ((&str, Wave, &str), f64) {
    ((unit, wave, measure), value)
}

/// How many entries differ between two states.
struct Changes {
    new: usize,
    changed: usize,
    gone: usize,
    same: usize,
}

impl Changes {
    fn between<K: Ord, V: PartialEq>(
        before: impl Iterator<Item = (K, V)>,
        after: impl Iterator<Item = (K, V)>,
    ) -> Self {
        let mut before: BTreeMap<K, V> = before.collect();
        let mut changes = Self { new: 0, changed: 0, gone: 0, same: 0 };
        for (key, value) in after {
            let count = match before.remove(&key) {
                None => &mut changes.new,
                Some(old) if old == value => &mut changes.same,
                Some(_) => &mut changes.changed,
            };
            *count += 1;
        }
        changes.gone = before.len();
        changes
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { new, changed, gone, same } = self;
        write!(formatter, "{new} new, {changed} changed, {gone} taken out, {same} as before")
    }
}
