//! Explains in plain words how answers were protected, and what that means for the figures.

use super::icon::{Glyph, Icon};
use crate::figure;
use puls_analysis::results::StatedMechanism;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) mechanism: StatedMechanism,
}

/// A card that explains the mechanism.
#[component]
pub(crate) fn Protection(props: &Props) -> Html {
    html! {
        <section class="card protection" aria-labelledby="protection">
            <h2 id="protection"><Icon glyph={Glyph::Shield} />{ "How these answers were protected" }</h2>
            <dl>
                { for parts(props.mechanism).into_iter().map(|(term, text)| html! {
                    <div key={term}><dt>{ term }</dt><dd>{ text }</dd></div>
                }) }
            </dl>
        </section>
    }
}

fn parts(mechanism: StatedMechanism) -> [(&'static str, String); 3] {
    match mechanism {
        StatedMechanism::Randomised { epsilon, item_epsilon } => randomised(epsilon, item_epsilon),
        StatedMechanism::Batched { k } => batched(k),
        StatedMechanism::Direct => direct(),
        StatedMechanism::Sealed => sealed(),
    }
}

fn randomised(epsilon: f64, item_epsilon: f64) -> [(&'static str, String); 3] {
    let split = if item_epsilon < epsilon {
        format!(" It is shared evenly between what is counted: {} for each.", rounded(item_epsilon))
    } else {
        String::new()
    };
    [
        (
            "Randomised on the device",
            "Each browser replaced some answers by random ones before anything was sent. Nobody, the collector \
             included, can tell for sure whether a given answer is what that person said."
                .to_owned(),
        ),
        (
            "How strongly",
            format!(
                "ε = {} (epsilon): whatever a browser sent is at most {} times as likely after one answer as after \
                 any other. Smaller is stronger.{split}",
                rounded(epsilon),
                rounded(epsilon.exp()),
            ),
        ),
        (
            "Reading the figures",
            "The figures are corrected for the random answers. Their ranges (±) cover both the chance of who \
             answered and this noise, so they are wider than in other surveys, and narrow as more people answer. \
             Below about 300 respondents they are too wide for most conclusions."
                .to_owned(),
        ),
    ]
}

fn batched(k: u32) -> [(&'static str, String); 3] {
    let people = figure::count(k.into());
    [
        (
            "Added up on a shared device",
            "Answers were added up on the device that people share, and only totals were sent. No single person's \
             answers ever left it."
                .to_owned(),
        ),
        (
            "How strongly",
            format!(
                "k = {people}: a total is sent once {people} people have answered, and each batch holds different \
                 people. Fewer than {people} wait on the device, so the latest answers may not be here yet."
            ),
        ),
        ("Reading the figures", EXACT.to_owned()),
    ]
}

fn direct() -> [(&'static str, String); 3] {
    [
        (
            "Sent answer by answer",
            "Each browser sent every answer by itself, at a time drawn by chance and under a number of its own, so \
             that what is kept here doesn't say which answers belong to one person."
                .to_owned(),
        ),
        (
            "How strongly",
            "This rests on trust: the collector received each answer as it was given, added it up, and kept \
             nothing else. The widget told respondents so."
                .to_owned(),
        ),
        ("Reading the figures", EXACT.to_owned()),
    ]
}

fn sealed() -> [(&'static str, String); 3] {
    [
        (
            "Split between two organisations",
            "Each browser split every answer into two halves and sealed them for two aggregators. Only the sums of \
             many answers came back together."
                .to_owned(),
        ),
        (
            "How strongly",
            "No single answer can be read as long as the two aggregators don't work together. Each batch holds the \
             least number of people that its task was set up with."
                .to_owned(),
        ),
        ("Reading the figures", EXACT.to_owned()),
    ]
}

const EXACT: &str = "Counts are exact. The ranges (±) say how far chance alone, in who answered, could have moved a figure: \
                     two figures whose ranges overlap widely may well be the same. Figures of few answers are withheld, \
                     and what is shown moves in steps of several answers, so that nobody's answer can be told from \
                     what has changed. The latest answers therefore may not be in the figures yet.";

/// Rounds to about two significant digits.
fn rounded(number: f64) -> String {
    let decimals = match number {
        ..1.0 => 2,
        ..10.0 => 1,
        _ => 0,
    };
    let text = figure::decimal(number, decimals);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn numbers_have_no_more_digits_than_readers_need() {
        assert_eq!([2.0, 0.333_3, 7.389, 20.1, 2_980.9].map(rounded), ["2", "0.33", "7.4", "20", "2981"]);
    }
}
