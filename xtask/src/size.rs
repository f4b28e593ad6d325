//! `cargo xtask size`: prints the size of each artefact beside its budget.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::dist::{self, Sizes};
use crate::workspace;

/// The budget of a page on which nobody answers, in bytes, compressed by brotli.
const LOADER_BUDGET: usize = 3_050;
/// The budget of answering an NPS survey, in bytes, compressed by brotli.
const ANSWERING_BUDGET: usize = 80_000;
/// The budget of what a sealed survey fetches as well, in bytes, compressed by brotli.
const SEALED_BUDGET: usize = 22_000;

/// The name and path of a file.
type Named = (String, PathBuf);

/// One line of the table.
struct Row {
    name: String,
    sizes: Sizes,
    budget: Option<usize>,
}

/// Builds the files for browsers and prints their sizes.
///
/// # Errors
///
/// If the build fails or something is above its budget.
pub(crate) fn run() -> Result<()> {
    dist::web()?;
    check()
}

/// Prints the sizes of the files in `dist/`.
///
/// # Errors
///
/// If a file is missing or something is above its budget.
pub(crate) fn check() -> Result<()> {
    let rows = rows()?;
    println!("{:<44}{:>10}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip", "brotli", "budget");
    for row in &rows {
        let budget = row.budget.map(|budget| budget.to_string()).unwrap_or_default();
        let Sizes { raw, gzip, brotli } = row.sizes;
        println!("{:<44}{raw:>10}{gzip:>10}{brotli:>10}{budget:>10}", row.name);
    }
    let above: Vec<_> =
        rows.iter().filter(|row| row.is_above_budget()).map(|row| row.name.as_str()).collect();
    if !above.is_empty() {
        bail!("above budget: {}", above.join(", "));
    }
    Ok(())
}

impl Row {
    fn is_above_budget(&self) -> bool {
        self.budget.is_some_and(|budget| self.sizes.brotli > budget)
    }
}

/// All rows: the files that are fetched to answer, their sum and that of the largest ready-made survey, the same for
/// sealed surveys, then all other files.
fn rows() -> Result<Vec<Row>> {
    let mut rows = vec![row("puls.js", workspace::web().join("puls.js"), Some(LOADER_BUDGET))?];
    let is_fetched = |name: &str| {
        name.starts_with("plain-") && (!name.starts_with("plain-words-") || name.ends_with("-en.json"))
    };
    let (widget, others): (Vec<_>, Vec<_>) = assets()?.into_iter().partition(|(name, _)| is_fetched(name));
    rows.extend(without_budget(widget)?);
    let (nps, surveys): (Vec<_>, Vec<_>) = surveys()?.into_iter().partition(|(name, _)| name == "nps.json");
    rows.extend(without_budget(nps)?);
    let answering = sum("all that is fetched to answer an NPS survey", &rows, Some(ANSWERING_BUDGET));
    let heaviest = heaviest(rows.first(), &others, &surveys)?;
    rows.extend([answering, heaviest]);
    let (sealed, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(name, _)| name.starts_with("sealed-"));
    let sealed = without_budget(sealed)?;
    let besides = sum("all that a sealed survey takes besides", &sealed, Some(SEALED_BUDGET));
    rows.extend(sealed.into_iter().chain([besides]));
    rows.extend(without_budget(surveys)?);
    rows.extend(without_budget(others)?);
    Ok(rows)
}

/// The sum of what is fetched to answer the largest ready-made survey, which needs the full build.
fn heaviest(loader: Option<&Row>, assets: &[Named], surveys: &[Named]) -> Result<Row> {
    let is_fetched = |(name, _): &&Named| {
        name.starts_with("widget-") || name.starts_with("words-") && name.ends_with("-en.json")
    };
    let widget = without_budget(assets.iter().filter(is_fetched).cloned().collect())?;
    let surveys = without_budget(surveys.to_vec())?;
    let survey = surveys.iter().max_by_key(|survey| survey.sizes.brotli);
    let id = survey.map_or("no", |survey| survey.name.trim_end_matches(".json"));
    let rows: Vec<_> = loader.into_iter().chain(&widget).chain(survey).collect();
    Ok(sum(&format!("all that is fetched to answer `{id}`"), rows, None))
}

fn sum<'a>(name: &str, rows: impl IntoIterator<Item = &'a Row>, budget: Option<usize>) -> Row {
    let sizes = rows.into_iter().fold(Sizes::default(), |sum, row| sum + row.sizes);
    Row { name: name.to_owned(), sizes, budget }
}

fn row(name: &str, file: PathBuf, budget: Option<usize>) -> Result<Row> {
    Ok(Row { name: name.to_owned(), sizes: Sizes::of(&file)?, budget })
}

fn without_budget(files: Vec<Named>) -> Result<Vec<Row>> {
    files.into_iter().map(|(name, file)| row(&name, file, None)).collect()
}

fn assets() -> Result<Vec<Named>> {
    let files = files_in(workspace::web().join("assets"))?;
    Ok(files.into_iter().filter(|(name, _)| !name.ends_with(".br") && !name.ends_with(".gz")).collect())
}

fn surveys() -> Result<Vec<Named>> {
    files_in(workspace::dist().join("surveys"))
}

fn files_in(folder: PathBuf) -> Result<Vec<Named>> {
    let entries = fs::read_dir(&folder).with_context(|| format!("can't list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        files.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    files.sort();
    Ok(files)
}
