//! Labels for the cells of a line.

use super::filled;
use puls_core::definition::{Counted, Definition, DerivedKind, Item, ItemKind, NetPromoter, Source};

/// A label for each of a line's `cells`.
pub(super) fn labels(
    definition: &Definition,
    line: &Counted<'_>,
    cells: usize,
    language: &str,
) -> Vec<String> {
    match line.source {
        Source::Item(item) => item_labels(definition, item, cells, language),
        Source::Statement(..) => agreement(cells),
        Source::Derived(derived) => match derived.kind {
            DerivedKind::Index { .. } => index(cells),
            DerivedKind::Class { .. } => words(&CLASSES),
            DerivedKind::Share { .. } => words(&["No", "Yes"]),
        },
    }
}

/// In the order of [`DerivedKind::CLASSES`].
const CLASSES: [&str; 5] = ["Engaged", "Unfocused", "Passive", "Disengaged", "Undecided"];

fn item_labels(definition: &Definition, item: &Item, cells: usize, language: &str) -> Vec<String> {
    let numbers = |first: usize| (first..first + cells).map(|number| number.to_string()).collect();
    match &item.kind {
        ItemKind::NetPromoter(_) if cells == NetPromoter::CLASSES => {
            words(&["Detractors (0–6)", "Passives (7–8)", "Promoters (9–10)"])
        }
        ItemKind::NetPromoter(_) => numbers(0),
        ItemKind::Count(count) => {
            let mut numbers: Vec<String> = numbers(0);
            numbers.pop();
            numbers.push(format!("{} or more", count.most));
            numbers
        }
        ItemKind::Agreement(_) | ItemKind::Matrix(_) => agreement(cells),
        ItemKind::Rating(rating) if !rating.labels.is_empty() => {
            rating.labels.iter().map(|label| filled(definition, label, language)).collect()
        }
        ItemKind::Rating(_) | ItemKind::Notice(_) => numbers(1),
        ItemKind::Choice(_) | ItemKind::Choices(_) | ItemKind::OpenText(_) => {
            let answers = item.kind.answers().into_iter();
            answers.map(|option| filled(definition, &option.text, language)).collect()
        }
    }
}

/// The labels are in English, as the results page is so far.
fn agreement(points: usize) -> Vec<String> {
    match points {
        7 => words(&[
            "Totally disagree",
            "Disagree",
            "Somewhat disagree",
            "Neither",
            "Somewhat agree",
            "Agree",
            "Totally agree",
        ]),
        _ => words(&["Totally disagree", "Disagree", "Neither", "Agree", "Totally agree"]),
    }
}

/// Numbers from 0 to 100, with one decimal if the steps aren't whole.
fn index(cells: usize) -> Vec<String> {
    let steps = cells.saturating_sub(1).max(1);
    let label = |cell: usize| match 100 % steps {
        0 => (100 / steps * cell).to_string(),
        _ => format!("{:.1}", 100.0 * cell as f64 / steps as f64),
    };
    (0..cells).map(label).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
