use super::SurveysError;
use super::minify::minify;
use puls_core::definition::Definition;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// A definition without mistakes.
pub(super) struct SurveyFile {
    pub(super) path: PathBuf,
    pub(super) definition: Definition,
    /// The file as it stands, without white space.
    pub(super) json: String,
}

/// A file with everything that is wrong with it.
#[derive(Debug)]
pub struct BrokenFile {
    /// The file.
    pub path: PathBuf,
    /// Such as `items[2].scale.points: 12 is above 10`.
    pub problems: Vec<String>,
}

impl fmt::Display for BrokenFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.path.display())?;
        self.problems.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
    }
}

/// Reads every `.json` file in a folder.
pub(super) fn read(folder: &Path) -> Result<Vec<SurveyFile>, SurveysError> {
    let (mut files, mut broken) = (Vec::new(), Vec::new());
    for path in definitions_in(folder)? {
        let content = std::fs::read(&path).map_err(|cause| unreadable(&path, cause))?;
        match read_file(&path, content) {
            Ok(file) => files.push(file),
            Err(problems) => broken.push(BrokenFile { path, problems }),
        }
    }
    broken.extend(duplicates(&files));
    if !broken.is_empty() {
        return Err(SurveysError::Broken { files: broken });
    }
    if files.is_empty() {
        return Err(SurveysError::Empty { path: folder.to_owned() });
    }
    Ok(files)
}

fn definitions_in(folder: &Path) -> Result<Vec<PathBuf>, SurveysError> {
    let cause = |cause| unreadable(folder, cause);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cause)? {
        let path = entry.map_err(cause)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read_file(path: &Path, content: Vec<u8>) -> Result<SurveyFile, Vec<String>> {
    let text = String::from_utf8(content).map_err(|error| vec![error.utf8_error().to_string()])?;
    let definition = Definition::parse(&text)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    Ok(SurveyFile { path: path.to_owned(), definition, json: minify(&text) })
}

fn duplicates(files: &[SurveyFile]) -> Vec<BrokenFile> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for SurveyFile { path, definition, .. } in files {
        if let Some(earlier) = first.insert(&definition.id, path) {
            let problem = format!("id: {:?} stands in {} too", definition.id, earlier.display());
            found.push(BrokenFile { path: path.clone(), problems: vec![problem] });
        }
    }
    found
}

fn unreadable(path: &Path, cause: std::io::Error) -> SurveysError {
    SurveysError::Folder { path: path.to_owned(), cause }
}
