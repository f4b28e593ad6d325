//! The surveys that are served, and all of their versions that ever were.
//!
//! In come a folder of definitions and the versions that the database has. The collector doesn't start if a file has a
//! mistake, or if a change would add up answers that don't belong together.

mod first_screens;
mod folder;
mod minify;

pub use folder::BrokenFile;

use crate::assets::{Caching, StaticFile};
use crate::store::{Store, StoreError, StoredDefinition};
use first_screens::FirstScreens;
use folder::SurveyFile;
use puls_analysis::received::Expected;
use puls_analysis::versions;
use puls_core::definition::Definition;
use puls_core::wave::Day;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The surveys, by id.
pub(crate) struct Surveys {
    served: BTreeMap<String, Survey>,
    known: Known,
}

/// All versions that are or were served.
#[derive(Default)]
struct Known {
    versions: BTreeMap<String, BTreeMap<u32, Version>>,
    /// The versions that an earlier build served and this one can't read, with what is wrong with each.
    unreadable: BTreeMap<(String, u32), String>,
}

/// A version of a survey that is or was served.
struct Version {
    definition: Definition,
    /// The day from which on it was served, if that is known.
    first_served: Option<Day>,
}

/// A survey as it is served now.
pub(crate) struct Survey {
    pub(crate) definition: Definition,
    /// The definition as browsers fetch it.
    pub(crate) file: StaticFile,
    /// The first screen, which browsers show while they load the WebAssembly.
    pub(crate) screens: FirstScreens,
}

/// Why the surveys can't be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SurveysError {
    /// The folder can't be read.
    #[error("can't read the surveys in {}: {cause}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system answered.
        cause: std::io::Error,
    },
    /// The folder has no definition.
    #[error("the folder {} has no survey; put definitions there, in files such as nps.json", path.display())]
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
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The definitions in a folder, without a look at what was served before.
#[cfg(feature = "sealed")]
pub(crate) fn definitions(folder: &Path) -> Result<Vec<Definition>, SurveysError> {
    Ok(folder::read(folder)?.into_iter().map(|file| file.definition).collect())
}

impl Surveys {
    /// Reads a folder's definitions, checks them against the earlier versions, and keeps them in the store as served
    /// from `today` on.
    pub(crate) async fn open(folder: &Path, store: &dyn Store, today: Day) -> Result<Self, SurveysError> {
        let files = folder::read(folder)?;
        let stored = store.definitions().await?;
        let is_kept = |file: &SurveyFile| {
            let Definition { id, version, .. } = &file.definition;
            // A day in the future came from a wrong clock.
            let is_past = |kept: &StoredDefinition| kept.first_served.is_none_or(|day| day <= today);
            let same = |kept: &StoredDefinition| {
                (&kept.survey, &kept.version, &kept.json) == (id, version, &file.json) && is_past(kept)
            };
            stored.iter().any(same)
        };
        // If no definition is new, nothing is written.
        let new: Vec<bool> = files.iter().map(|file| !is_kept(file)).collect();
        let known = Known::read(stored);
        let broken: Vec<_> = files.iter().filter_map(|file| recounted(file, &known)).collect();
        if !broken.is_empty() {
            return Err(SurveysError::Broken { files: broken });
        }
        let new = files.iter().zip(new).filter(|(_, is_new)| *is_new);
        let new = new.map(|(SurveyFile { definition, json, .. }, _)| StoredDefinition {
            survey: definition.id.clone(),
            version: definition.version,
            json: json.clone(),
            first_served: Some(today),
        });
        let new: Vec<_> = new.collect();
        if !new.is_empty() {
            store.keep_definitions(&new).await?;
        }
        let stored = store.definitions().await?;
        let known = Known::read(stored);
        for ((survey, version), problems) in &known.unreadable {
            tracing::warn!(
                "this build can't read version {version} of survey {survey} in the database, so results leave it out, and \
                 its releases are answered with 503: {problems}"
            );
        }
        let served = files.into_iter().map(|file| (file.definition.id.clone(), Survey::from(file)));
        Ok(Self { served: served.collect(), known })
    }

    /// The survey with this id, if it is served.
    pub(crate) fn get(&self, id: &str) -> Option<&Survey> {
        self.served.get(id)
    }

    /// All surveys that are served, in the order of their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.served.values().map(|survey| &survey.definition)
    }

    /// Every version of every survey that is or was served, the oldest of each first.
    #[cfg(feature = "sealed")]
    pub(crate) fn every_version(&self) -> impl Iterator<Item = &Definition> {
        self.known.versions.values().flat_map(BTreeMap::values).map(|version| &version.definition)
    }

    /// Whether another collector can take releases of this version while this one can't. Either an earlier build served
    /// the version and this one can't read it; or the version is newer than all versions here, because a newer
    /// collector is about to replace this one.
    pub(crate) fn is_for_another(&self, id: &str, version: u32) -> bool {
        let newest = self.known.versions.get(id).and_then(|versions| versions.keys().max());
        newest.is_some_and(|newest| version > *newest)
            || self.known.unreadable.contains_key(&(id.to_owned(), version))
    }

    /// What a release of a version is checked against.
    pub(crate) fn expected(&self, id: &str, version: u32) -> Option<Expected<'_>> {
        let versions = self.known.versions.get(id)?;
        let earlier = versions.range(..version).map(|(_, earlier)| &earlier.definition);
        Some(Expected::after(&versions.get(&version)?.definition, earlier))
    }

    /// The day from which on a version was served, if that is known.
    pub(crate) fn first_served(&self, id: &str, version: u32) -> Option<Day> {
        self.known.versions.get(id)?.get(&version)?.first_served
    }

    /// Every version of a survey that is or was served.
    pub(crate) fn versions(&self, id: &str) -> BTreeMap<u32, &Definition> {
        let versions = self.known.versions.get(id).into_iter().flatten();
        versions.map(|(number, version)| (*number, &version.definition)).collect()
    }
}

impl From<SurveyFile> for Survey {
    fn from(SurveyFile { definition, json, .. }: SurveyFile) -> Self {
        let file = StaticFile::compressed("application/json", Caching::Minute, json);
        Self { definition, file, screens: FirstScreens::default() }
    }
}

impl Known {
    fn read(stored: Vec<StoredDefinition>) -> Self {
        let mut known = Self::default();
        for StoredDefinition { survey, version, json, first_served } in stored {
            match Definition::parse(&json) {
                Ok(definition) => {
                    let versions = known.versions.entry(survey).or_default();
                    versions.insert(definition.version, Version { definition, first_served });
                }
                Err(problems) => drop(known.unreadable.insert((survey, version), problems.to_string())),
            }
        }
        known
    }
}

/// The problems of a file whose version was served before and counted something else, as far as this build can tell.
fn recounted(file: &SurveyFile, known: &Known) -> Option<BrokenFile> {
    let Definition { id, version, .. } = &file.definition;
    let problem = |change| format!("{change}, but version {version} is in use: raise `version`");
    let problems: Vec<String> = match known.versions.get(id).and_then(|versions| versions.get(version)) {
        Some(earlier) => {
            versions::changes(&earlier.definition, &file.definition).into_iter().map(problem).collect()
        }
        None if known.unreadable.contains_key(&(id.clone(), *version)) => {
            vec![problem("this build can't read what was counted before".to_owned())]
        }
        None => Vec::new(),
    };
    (!problems.is_empty()).then(|| BrokenFile { path: file.path.clone(), problems })
}

fn listed(files: &[BrokenFile]) -> String {
    files.iter().map(BrokenFile::to_string).collect::<Vec<_>>().join("\n")
}
