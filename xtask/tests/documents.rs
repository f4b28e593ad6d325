//! What the documents point to is there: files, folders and headings.
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that a build or a test fills.
const MADE: [&str; 5] = [".git", "corpus", "node_modules", "snapshots", "target"];

/// How a code span ends that names a file or a folder.
const NAMES: [&str; 7] = ["/", ".css", ".json", ".py", ".rs", ".sql", ".ts"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All files and folders below a folder, from the root on; folders end in `/`.
fn paths(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let named = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        if !path.is_dir() {
            found.push(named);
        } else if !MADE.contains(&entry.file_name().to_str().unwrap()) {
            found.push(format!("{named}/"));
            found.extend(paths(&path));
        }
    }
    found
}

/// A document's text without its blocks of code.
fn prose(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("```").step_by(2).collect()
}

/// The anchors that GitHub makes of a document's headings.
fn anchors(path: &Path) -> Vec<String> {
    let text = prose(path);
    let headings =
        text.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_matches('#').trim());
    let letter = |letter: char| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter.is_alphanumeric().then_some(letter),
    };
    headings.map(|heading| heading.to_lowercase().chars().filter_map(letter).collect()).collect()
}

/// Whether a link from a document leads somewhere; those to other sites aren't followed.
fn leads(from: &Path, link: &str) -> bool {
    if link.contains("://") {
        return true;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let to = if file.is_empty() { from.to_owned() } else { from.parent().unwrap().join(file) };
    to.exists() && (anchor.is_empty() || anchors(&to).iter().any(|heading| heading == anchor))
}

#[test]
fn each_link_in_the_documents_leads_somewhere() {
    let documents: Vec<String> = paths(&root()).into_iter().filter(|path| path.ends_with(".md")).collect();
    let mut broken = Vec::new();
    for document in &documents {
        let from = root().join(document);
        let text = prose(&from);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
        broken.extend(links.filter(|link| !leads(&from, link)).map(|link| format!("{document}: {link}")));
    }
    assert!(documents.iter().any(|document| document == "docs/privacy.md"));
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The code map names files by the end of their paths, since each part of it is about one folder.
#[test]
fn each_file_that_the_architecture_names_exists() {
    let paths: Vec<String> = paths(&root()).iter().map(|path| format!("/{path}")).collect();
    let text = prose(&root().join("ARCHITECTURE.md"));
    let spans = text.split('`').skip(1).step_by(2);
    let names: Vec<&str> = spans.filter(|span| NAMES.iter().any(|name| span.ends_with(name))).collect();
    let exists = |name: &&&str| paths.iter().any(|path| path.ends_with(&format!("/{name}")));
    let missing: Vec<&&str> = names.iter().filter(|name| !exists(name)).collect();
    assert!(names.len() > 100, "only {names:?}");
    assert!(missing.is_empty(), "{missing:#?}");
}
