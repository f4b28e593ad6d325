use crate::surveys::Surveys;
use janus_collector::PrivateCollectorCredential;
use puls_core::definition::{Definition, MechanismKind};
use puls_core::read::without_mark;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The credentials by survey: how this collector proves to a leader that the survey is its own, and the key that sums
/// are sealed for.
pub(super) struct Credentials(BTreeMap<String, PrivateCollectorCredential>);

/// Why the file with the credentials can't be used. No error tells what stands in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// It can't be read.
    #[error("can't read {}: {cause}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system answered.
        cause: std::io::Error,
    },
    /// It doesn't have the form of credentials.
    #[error(
        "{}, line {line}: not credentials by survey, such as {{\"nps\": CREDENTIAL}}, where CREDENTIAL is what \
         `divviup collector-credential generate` makes",
        file.display()
    )]
    Form {
        /// The file.
        file: PathBuf,
        /// The line of the mistake.
        line: usize,
    },
    /// It names a survey that isn't served, or isn't sealed.
    #[error("{}: {survey:?} isn't a sealed survey of this collector", file.display())]
    Unknown {
        /// The file.
        file: PathBuf,
        /// The id in the file.
        survey: String,
    },
}

impl Credentials {
    /// Reads credentials for sealed surveys.
    pub(super) fn read(file: &Path, surveys: &Surveys) -> Result<Self, CredentialsError> {
        let text = std::fs::read_to_string(file)
            .map_err(|cause| CredentialsError::Unreadable { file: file.to_owned(), cause })?;
        let read: BTreeMap<String, PrivateCollectorCredential> = serde_json::from_str(without_mark(&text))
            .map_err(|error| CredentialsError::Form { file: file.to_owned(), line: error.line() })?;
        let is_sealed = |definition: &&Definition| definition.privacy.kind() == MechanismKind::Sealed;
        let sealed: BTreeSet<&str> =
            surveys.every_version().filter(is_sealed).map(|definition| definition.id.as_str()).collect();
        if let Some(survey) = read.keys().find(|survey| !sealed.contains(survey.as_str())) {
            return Err(CredentialsError::Unknown { file: file.to_owned(), survey: survey.clone() });
        }
        Ok(Self(read))
    }

    pub(super) fn of(&self, survey: &str) -> Option<&PrivateCollectorCredential> {
        self.0.get(survey)
    }
}
