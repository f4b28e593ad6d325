//! Writes releases whose counts add up, with contents that the bytes decide.

use super::batch;
use super::surveys::SURVEYS;
use crate::figures::Sum;
use arbitrary::{Result, Unstructured};
use puls_analysis::received::Received;
use puls_core::definition::{Counted, Definition, Mechanism};
use puls_core::privacy::{Layout, TaskSums, released_cells};

/// The most groups in a sum, and the most releases in a total.
const FEW: usize = 4;

/// The most people in a group.
const MOST_PEOPLE: u64 = 250_000;

/// How many equal releases a busy survey might get.
const MOST_ALIKE: u64 = 1_000_000;

/// People who answered alike.
struct Group {
    people: u64,
    /// Their answers by line, one bit for each cell; `None` without an answer.
    answers: Vec<Option<u64>>,
}

/// The sum of some releases of a survey.
pub(super) fn sum(input: &mut Unstructured<'_>) -> Result<(&'static Definition, Sum)> {
    let definition = input.choose(&SURVEYS)?;
    let mut sum = Sum::default();
    for _ in 0..input.int_in_range(1..=FEW)? {
        let times = input.int_in_range(1..=MOST_ALIKE)?;
        let text = match definition.privacy {
            Mechanism::Sealed(_) => {
                add_sums(definition, &groups(definition, FEW, input)?, times, &mut sum);
                continue;
            }
            Mechanism::Batched { .. } => batch::text(definition, input)?,
            Mechanism::Randomised { .. } | Mechanism::Direct => one(definition, input)?,
        };
        let received = Received::parse(&text, super::surveys::find);
        let received = received.unwrap_or_else(|problems| panic!("{problems} in {text}"));
        sum.add(&received, times);
    }
    Ok((definition, sum))
}

/// Draws up to `most` groups of people.
fn groups(definition: &Definition, most: usize, input: &mut Unstructured<'_>) -> Result<Vec<Group>> {
    let count = input.int_in_range(1..=most)?;
    let lines = definition.counted();
    let mut groups = Vec::new();
    for _ in 0..count {
        let people = input.int_in_range(1..=MOST_PEOPLE)?;
        let answers = lines.iter().map(|line| answer(definition, line, input)).collect::<Result<_>>()?;
        groups.push(Group { people, answers });
    }
    Ok(groups)
}

fn answer(definition: &Definition, line: &Counted<'_>, input: &mut Unstructured<'_>) -> Result<Option<u64>> {
    if (line.may_miss || line.sampled) && input.arbitrary()? {
        return Ok(None);
    }
    let cells = released_cells(definition, line);
    if line.is_multiple() {
        return Ok(Some(input.int_in_range(0..=(1 << cells) - 1)?));
    }
    Ok(Some(1 << input.choose_index(cells)?))
}

/// A line's counts: one for each cell, and that of people without an answer.
fn counts(groups: &[Group], line: usize, cells: usize) -> (Vec<u64>, u64) {
    let people = |of: &dyn Fn(Option<u64>) -> bool| {
        groups.iter().filter(|group| of(group.answers[line])).map(|group| group.people).sum()
    };
    let chose = |cell: usize| people(&|answer| answer.is_some_and(|bits| bits >> cell & 1 == 1));
    ((0..cells).map(chose).collect(), people(&|answer| answer.is_none()))
}

/// The release of one person. With `direct`, the release of one of that person's lines.
fn one(definition: &Definition, input: &mut Unstructured<'_>) -> Result<String> {
    let Definition { id, version, privacy, .. } = definition;
    let lines = definition.counted();
    let answers = lines.iter().map(|line| answer(definition, line, input)).collect::<Result<_>>()?;
    let (person, only) = ([Group { people: 1, answers }], input.choose_index(lines.len())?);
    let is_wanted = |line: usize| *privacy != Mechanism::Direct || line == only;
    let item = |(index, line): (usize, &Counted<'_>)| {
        let (cells, missing) = counts(&person, index, released_cells(definition, line));
        format!(r#""{}": {{"cells": {cells:?}, "missing": {missing}}}"#, line.id)
    };
    let items = lines.iter().enumerate().filter(|(index, _)| is_wanted(*index)).map(item);
    let wave = puls_core::wave::Wave::of(definition.wave, 20_778);
    Ok(format!(
        r#"{{"format": "puls-release/1", "id": "{zero:0<32}", "survey": "{id}", "version": {version}, "wave": "{wave}",
            "segment": {{}}, "mechanism": {privacy}, "respondents": 1, "items": {{{items}}}}}"#,
        zero = "0",
        items = items.collect::<Vec<_>>().join(", "),
    ))
}

fn people(groups: &[Group]) -> u64 {
    groups.iter().map(|group| group.people).sum()
}

/// Adds the sums that a pair of aggregators would give out for these groups.
fn add_sums(definition: &Definition, groups: &[Group], times: u64, sum: &mut Sum) {
    let respondents = people(groups);
    for (index, line) in definition.counted().iter().enumerate() {
        let layout = Layout::of(line);
        let Layout::Line { cells, has_missing, .. } = &layout else { continue };
        let (mut sums, missing) = counts(groups, index, *cells);
        sums.extend(has_missing.then_some(missing));
        let sums: Vec<u128> = sums.into_iter().map(u128::from).collect();
        let Some(TaskSums::Line(counts)) = layout.sums(&sums, respondents) else { panic!("no counts") };
        sum.add_line(line.id, &counts, respondents, times);
    }
    sum.add_respondents(respondents * times);
}
