//! The surveys that are served, and all versions of them that ever were.
//!
//! In come a folder of definitions and what the database knows of earlier versions. Mistakes in any file,
//! and changes that would add up what doesn't belong together, keep the collector from starting.

mod alike;
mod folder;
mod minify;
mod screens;

pub use folder::BrokenFile;

use crate::assets::{Caching, StaticFile};
use crate::store::{Store, StoreError, StoredDefinition};
use alike::Line;
use folder::SurveyFile;
use puls_core::definition::Definition;
use puls_core::read::Problems;
use puls_core::received::Expected;
use puls_core::wave::Day;
use screens::Screens;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The surveys by id.
pub(crate) struct Surveys {
    served: BTreeMap<String, Survey>,
    known: Known,
}

/// Every version by survey.
type Known = BTreeMap<String, BTreeMap<u32, Version>>;

/// A version of a survey that is or was served.
struct Version {
    definition: Definition,
    /// Since when, as far as that is known.
    first_served: Option<Day>,
}

/// A survey as it is served now.
pub(crate) struct Survey {
    pub(crate) definition: Definition,
    /// Its definition as browsers fetch it.
    pub(crate) file: StaticFile,
    /// Its first screen, for while the WebAssembly is on its way.
    pub(crate) screens: Screens,
}

/// What two versions of a survey have in common.
#[derive(Default)]
pub(crate) struct Shared {
    /// The lines whose counts can be added up: the answers are the same, and so is the noise in them.
    pub(crate) lines: Vec<String>,
    /// Whether the sums of joint lines' products can be: these lines are the same.
    pub(crate) joint: bool,
}

/// The surveys can't be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SurveysError {
    /// The folder can't be read.
    #[error("can't read the surveys in {}: {cause}", path.display())]
    Folder {
        /// The folder, or the file in it.
        path: PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
    /// There is nothing to serve.
    #[error("{} has no survey; a definition is a file such as nps.json", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// Definitions have mistakes.
    #[error("these surveys can't be served:\n{}", listed(files))]
    Broken {
        /// Every file with a mistake.
        files: Vec<BrokenFile>,
    },
    /// An earlier version of the collector took what this one refuses.
    #[error("survey {survey} version {version} in the database can't be read any longer:\n{problems}")]
    Outdated {
        /// The survey's id.
        survey: String,
        /// Its version.
        version: i64,
        /// What is wrong with it.
        problems: Problems,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a folder's files define, without looking at what was served before.
#[cfg(feature = "sealed")]
pub(crate) fn definitions(folder: &Path) -> Result<Vec<Definition>, SurveysError> {
    Ok(folder::read(folder)?.into_iter().map(|file| file.definition).collect())
}

impl Surveys {
    /// Reads a folder's definitions, holds them against the earlier ones, and keeps them in the store, as served from
    /// `today` on.
    pub(crate) async fn open(folder: &Path, store: &Store, today: Day) -> Result<Self, SurveysError> {
        let files = folder::read(folder)?;
        let known = read_known(store.definitions().await?)?;
        let broken: Vec<_> = files.iter().filter_map(|file| recounted(file, &known)).collect();
        if !broken.is_empty() {
            return Err(SurveysError::Broken { files: broken });
        }
        let current = files.iter().map(|SurveyFile { definition, json, .. }| {
            (definition.id.as_str(), definition.version, json.as_str())
        });
        store.keep_definitions(current, today).await?;
        let known = read_known(store.definitions().await?)?;
        let served = files.into_iter().map(|file| (file.definition.id.clone(), Survey::from(file)));
        Ok(Self { served: served.collect(), known })
    }

    /// A survey that is served.
    pub(crate) fn get(&self, id: &str) -> Option<&Survey> {
        self.served.get(id)
    }

    /// All surveys that are served, by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.served.values().map(|survey| &survey.definition)
    }

    /// Every version of every survey that is or was served, the oldest of each first.
    #[cfg(feature = "sealed")]
    pub(crate) fn every_version(&self) -> impl Iterator<Item = &Definition> {
        self.known.values().flat_map(BTreeMap::values).map(|version| &version.definition)
    }

    /// Any version that is or was served.
    pub(crate) fn version(&self, id: &str, version: u32) -> Option<&Definition> {
        Some(&self.known.get(id)?.get(&version)?.definition)
    }

    /// What a release of a version is held against.
    pub(crate) fn expected(&self, id: &str, version: u32) -> Option<Expected<'_>> {
        let versions = self.known.get(id)?;
        let earlier = versions.range(..version).map(|(_, earlier)| &earlier.definition);
        Some(Expected::after(&versions.get(&version)?.definition, earlier))
    }

    /// Since when a version is or was served, as far as that is known.
    pub(crate) fn first_served(&self, id: &str, version: u32) -> Option<Day> {
        self.known.get(id)?.get(&version)?.first_served
    }

    /// Every version of a survey that is or was served.
    pub(crate) fn versions(&self, id: &str) -> BTreeMap<u32, &Definition> {
        let versions = self.known.get(id).into_iter().flatten();
        versions.map(|(number, version)| (*number, &version.definition)).collect()
    }

    /// What another version of `definition` has in common with it.
    pub(crate) fn shared(&self, definition: &Definition, version: u32) -> Shared {
        let Some(other) = self.version(&definition.id, version) else { return Shared::default() };
        let (lines, others) = (definition.counted(), other.counted());
        let is_shared = |line: &Line<'_>| {
            Line::all(other, &others).any(|old| line.has_answers_of(&old) && line.has_noise_of(&old))
        };
        let shared = Line::all(definition, &lines).filter(is_shared).map(|line| line.id().to_owned());
        let lines: Vec<String> = shared.collect();
        let has_all = definition.joint_ids().iter().all(|id| lines.iter().any(|line| line == id));
        Shared { joint: definition.joint_ids() == other.joint_ids() && has_all, lines }
    }
}

impl From<SurveyFile> for Survey {
    fn from(SurveyFile { definition, json, .. }: SurveyFile) -> Self {
        let file = StaticFile::compressed("application/json", Caching::Minute, json);
        Self { definition, file, screens: Screens::default() }
    }
}

fn read_known(stored: Vec<StoredDefinition>) -> Result<Known, SurveysError> {
    let mut known = Known::new();
    for StoredDefinition { survey, version, json, first_served } in stored {
        let definition = Definition::parse(&json).map_err(|problems| SurveysError::Outdated {
            survey: survey.clone(),
            version,
            problems,
        })?;
        let versions = known.entry(survey).or_default();
        versions.insert(definition.version, Version { definition, first_served });
    }
    Ok(known)
}

/// A file whose version was served before and counted something else.
fn recounted(file: &SurveyFile, known: &Known) -> Option<BrokenFile> {
    let Definition { id, version, .. } = &file.definition;
    let changes = alike::changes(&known.get(id)?.get(version)?.definition, &file.definition);
    let problem = |change| format!("{change}, but version {version} is in use: raise `version`");
    let problems: Vec<String> = changes.into_iter().map(problem).collect();
    (!problems.is_empty()).then(|| BrokenFile { path: file.path.clone(), problems })
}

fn listed(files: &[BrokenFile]) -> String {
    files.iter().map(BrokenFile::to_string).collect::<Vec<_>>().join("\n")
}
