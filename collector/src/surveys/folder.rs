use super::SurveysError;
use super::minify::minify;
use puls_core::definition::Definition;
use puls_core::read::without_mark;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

/// A file with a valid definition.
pub(super) struct SurveyFile {
    pub(super) path: PathBuf,
    pub(super) definition: Definition,
    /// The file's text, without white space.
    pub(super) json: String,
}

/// A file, and all mistakes in it.
#[derive(Debug)]
pub struct BrokenFile {
    /// The file.
    pub path: PathBuf,
    /// The mistakes, such as `items[2].scale.points: 12 is above 10`.
    pub problems: Vec<String>,
}

impl fmt::Display for BrokenFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.path.display())?;
        self.problems.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
    }
}

/// Reads every `.json` file in a folder. It ignores subfolders, and the files that editors and systems put there.
pub(super) fn read(folder: &Path) -> Result<Vec<SurveyFile>, SurveysError> {
    let (mut files, mut broken) = (Vec::new(), Vec::new());
    for path in definitions_in(folder)? {
        match read_file(&path) {
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
    let cause = |cause| SurveysError::Folder { path: folder.to_owned(), cause };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cause)? {
        let path = entry.map_err(cause)?.path();
        if !is_definition(&path) {
            continue;
        }
        if path.is_dir() {
            tracing::warn!("ignoring {}, which is a folder: a definition is a file", path.display());
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether the file's name is a definition's: `nps.json` and `NPS.JSON` are; `._nps.json`, `.#nps.json` and `nps.json~`
/// aren't.
fn is_definition(path: &Path) -> bool {
    let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !is_hidden && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn read_file(path: &Path) -> Result<SurveyFile, Vec<String>> {
    let content = std::fs::read(path).map_err(|cause| vec![format!("can't be read: {cause}")])?;
    let text = String::from_utf8(content).map_err(|error| vec![not_utf8(&error)])?;
    let definition = Definition::parse(&text)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    Ok(SurveyFile { path: path.to_owned(), definition, json: minify(without_mark(&text)) })
}

fn not_utf8(error: &FromUtf8Error) -> String {
    let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
    format!("not UTF-8 on line {line}: save the file as UTF-8")
}

fn duplicates(files: &[SurveyFile]) -> Vec<BrokenFile> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for SurveyFile { path, definition, .. } in files {
        if let Some(earlier) = first.insert(&definition.id, path) {
            let problem = format!("id: {:?} is also the id in {}", definition.id, earlier.display());
            found.push(BrokenFile { path: path.clone(), problems: vec![problem] });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_definitions_from_what_lies_beside_them() {
        for name in ["nps.json", "NPS.JSON", "a b.Json", "\u{f6}.json"] {
            assert!(is_definition(Path::new(name)), "{name}");
        }
        for name in
            ["._nps.json", ".#nps.json", ".json", "nps.json~", "#nps.json#", "nps.json.bak", "nps", "json"]
        {
            assert!(!is_definition(Path::new(name)), "{name}");
        }
    }
}
