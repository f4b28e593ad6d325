//! Releases with counts that add up, as bytes decide on them.

use super::surveys::SURVEYS;
use crate::figures::Sum;
use arbitrary::{Result, Unstructured};
use puls_core::definition::{Counted, Definition, Mechanism};
use puls_core::privacy::{Layout, TaskSums, released_cells};
use puls_core::received::Received;
use std::fmt::Write;

/// Most groups in a release, and most releases in a total.
const FEW: usize = 4;

/// Most people in a group: four of them are as many as a release may have.
const MOST_PEOPLE: u64 = 250_000;

/// As many releases that are alike as a busy survey might get.
const MOST_ALIKE: u64 = 1_000_000;

/// People who answered alike.
struct Group {
    people: u64,
    /// By line, one bit a cell; `None` where it has no answer.
    answers: Vec<Option<u64>>,
}

/// What some releases of a survey add up to.
pub(super) fn sum(input: &mut Unstructured<'_>) -> Result<(&'static Definition, Sum)> {
    let definition = input.choose(&SURVEYS)?;
    let mut sum = Sum::default();
    for _ in 0..input.int_in_range(1..=FEW)? {
        let groups = groups(definition, input)?;
        let times = input.int_in_range(1..=MOST_ALIKE)?;
        if let Mechanism::Sealed(_) = definition.privacy {
            add_sums(definition, &groups, times, &mut sum);
        } else {
            let only = input.choose_index(definition.counted().len())?;
            let text = text(definition, &groups, only);
            let received = Received::parse(&text, super::surveys::find);
            let received = received.unwrap_or_else(|problems| panic!("{problems} in {text}"));
            sum.add(&received, times);
        }
    }
    Ok((definition, sum))
}

fn groups(definition: &Definition, input: &mut Unstructured<'_>) -> Result<Vec<Group>> {
    let (count, fewest, most) = match definition.privacy {
        Mechanism::Randomised { .. } | Mechanism::Direct => (1, 1, 1),
        Mechanism::Batched { k } => (input.int_in_range(1..=FEW)?, u64::from(k), MOST_PEOPLE),
        Mechanism::Sealed(_) => (input.int_in_range(1..=FEW)?, 1, MOST_PEOPLE),
    };
    let lines = definition.counted();
    let mut groups = Vec::new();
    for _ in 0..count {
        let people = input.int_in_range(fewest..=most)?;
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

/// A line's counts: of each cell, and of those without an answer.
fn counts(groups: &[Group], line: usize, cells: usize) -> (Vec<u64>, u64) {
    let people = |of: &dyn Fn(Option<u64>) -> bool| {
        groups.iter().filter(|group| of(group.answers[line])).map(|group| group.people).sum()
    };
    let chose = |cell: usize| people(&|answer| answer.is_some_and(|bits| bits >> cell & 1 == 1));
    ((0..cells).map(chose).collect(), people(&|answer| answer.is_none()))
}

/// The release of these groups; where each line is released by itself, of the line `only`.
fn text(definition: &Definition, groups: &[Group], only: usize) -> String {
    let Definition { id, version, privacy, .. } = definition;
    let is_wanted = |line: usize| *privacy != Mechanism::Direct || line == only;
    let lines = definition.counted();
    let item = |(index, line): (usize, &Counted<'_>)| {
        let (cells, missing) = counts(groups, index, released_cells(definition, line));
        format!(r#""{}": {{"cells": {cells:?}, "missing": {missing}}}"#, line.id)
    };
    let items = lines.iter().enumerate().filter(|(index, _)| is_wanted(*index)).map(item);
    let wave = puls_core::wave::Wave::of(definition.wave, 20_778);
    let respondents = people(groups);
    let mut text = format!(
        r#"{{"format": "puls-release/1", "id": "{id:0<32}", "survey": "{survey}", "version": {version}, "wave": "{wave}",
            "segment": {{}}, "mechanism": {privacy}, "respondents": {respondents}, "items": {{{items}}}"#,
        id = "0",
        survey = id,
        items = items.collect::<Vec<_>>().join(", "),
    );
    if !definition.joint.lines().is_empty() {
        let (all, products) = joint(groups, definition.joint.lines());
        let _ = write!(text, r#", "joint": {{"respondents": {all}, "products": {products:?}}}"#);
    }
    text + "}"
}

fn people(groups: &[Group]) -> u64 {
    groups.iter().map(|group| group.people).sum()
}

/// Who answered all of the lines, and the sums of products of (1, x1, …, xm), row by row.
fn joint(groups: &[Group], lines: &[usize]) -> (u64, Vec<u64>) {
    let size = (lines.len() + 1) * (lines.len() + 2) / 2;
    let (mut all, mut sums) = (0, vec![0; size]);
    for Group { people, answers } in groups {
        let cells = lines.iter().map(|line| answers[*line].map(|bit| u64::from(bit.trailing_zeros())));
        let Some(cells) = cells.collect::<Option<Vec<u64>>>() else { continue };
        let factors: Vec<u64> = [1].into_iter().chain(cells).collect();
        let products =
            (0..factors.len()).flat_map(|row| factors[row..].iter().map(move |other| (row, other)));
        for (sum, (row, other)) in sums.iter_mut().zip(products) {
            *sum += people * factors[row] * other;
        }
        all += people;
    }
    (all, sums)
}

/// Adds what a pair of aggregators would give out for these groups.
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
