//! `puls-collector tasks`: prints the tasks of a sealed survey, which its two aggregators have to be set up with.

use super::CommandError;
use super::options::path;
use crate::surveys;
use clap::Args;
use puls_core::definition::{Definition, Mechanism, Summed};
use puls_core::privacy::{Layout, TaskLayout};
use puls_sealed::chunk_length;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// The options of `tasks`.
#[derive(Args, Clone)]
pub struct Options {
    /// Folder with the surveys' definitions, *.json
    #[arg(long, env = "PULS_SURVEYS", value_name = "DIR", value_parser = path())]
    pub surveys: PathBuf,
    /// The survey's id; the survey needn't be sealed yet
    pub survey: String,
}

/// Prints a task for each line of a survey, and one for its joint lines together, with all parameters that the
/// aggregators ask for.
///
/// # Errors
/// [`CommandError`] if a survey has mistakes, or if there is no such survey.
pub fn run(options: &Options) -> Result<(), CommandError> {
    let definitions = surveys::definitions(&options.surveys)?;
    let found = definitions.iter().find(|definition| definition.id == options.survey);
    let definition = found.ok_or_else(|| CommandError::Unknown { survey: options.survey.clone() })?;
    Ok(std::io::stdout().write_all(table(definition).as_bytes())?)
}

/// One row for each task, with the ids that the definition gives it.
fn table(definition: &Definition) -> String {
    let tasks = Layout::all(definition);
    let longest = tasks.iter().map(|task| task.name.len()).max().unwrap_or(0);
    // The joint lines' task has all of their names, so it can be long.
    let width = (longest + 2).max(24);
    let mut text = format!(
        "survey {}: set up each of these at both aggregators, for every segment that pages give\n\
         query type: time interval; batches: one for each {}\n\n{:<width$}{:<18}{:>8}{:>6}{:>14}  ids\n",
        definition.id,
        definition.wave.name(),
        "item",
        "VDAF",
        "length",
        "bits",
        "chunk_length",
    );
    for TaskLayout { name, summed, layout } in &tasks {
        let (length, bits) = (layout.length(), layout.bits());
        let chunk = chunk_length(length, bits.unwrap_or(1));
        let vdaf = if bits.is_some() { "Prio3SumVec" } else { "Prio3Histogram" };
        let (bits, ids) = (bits.map_or(String::new(), |bits| bits.to_string()), ids(definition, *summed));
        // Writing to a String can't fail.
        let _ = writeln!(text, "{name:<width$}{vdaf:<18}{length:>8}{bits:>6}{chunk:>14}  {ids}");
    }
    text
}

/// The ids of the definition's tasks that sum this up, each with its segment.
fn ids(definition: &Definition, summed: Summed) -> String {
    let Mechanism::Sealed(sealed) = &definition.privacy else { return "none yet".to_owned() };
    let tasks = sealed.tasks.iter().filter(|task| task.item == summed);
    tasks.map(|task| format!("{} {}", task.id, task.segment)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_documents::{batched, choices, net_promoter, rating, sealed, survey};
    use serde_json::json;

    #[test]
    fn every_line_has_its_parameters() {
        let lines = [("recommend", 'A'), ("ease", 'B'), ("which", 'C'), ("recommend+ease", 'D')];
        let tasks = lines.map(|(line, first)| (line, format!("{first}{}", "A".repeat(42))));
        let mut privacy = sealed("https://leader.example", "https://helper.example", tasks);
        for task in privacy["tasks"].as_array_mut().unwrap() {
            task["segment"] = json!({"unit": "billing"});
        }
        let survey = survey("pulse")
            .item(net_promoter("recommend"))
            .item(rating("ease", 10).optional())
            .item(choices("which", [("a", "A"), ("b", "B"), ("c", "C")]).optional())
            .with("joint", ["recommend", "ease"])
            .with("segments", json!({"unit": ["billing"]}));
        let tabled =
            |privacy| table(&Definition::parse(&survey.clone().privacy(privacy).to_string()).unwrap());
        let sealed = tabled(privacy);
        insta::assert_snapshot!(sealed);
        let lines = tabled(batched(5));
        assert_eq!(lines.matches("none yet").count(), 4);
        // The parameters of the tasks don't depend on how the survey was protected before.
        let parameters =
            |table: &str| table.lines().skip(3).map(|line| line[..70].to_owned()).collect::<Vec<_>>();
        assert_eq!(parameters(&lines), parameters(&sealed));
    }
}
