//! The survey's title, its wave, and the number of respondents.

use crate::figure;
use crate::wave_name::wave_name;
use puls_analysis::results::Results;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) results: Rc<Results>,
}

/// The survey's title and the facts about its answers.
#[component]
pub(crate) fn Overview(props: &Props) -> Html {
    let Results { title, respondents, sample, .. } = props.results.as_ref();
    let facts = facts(&props.results).into_iter().map(|fact| html! { <span class="fact">{ fact }</span> });
    html! {
        <div class="overview">
            <h1>{ title }</h1>
            <p class="facts">
                <span class="fact"><strong>{ figure::respondents(*respondents) }</strong></span>
                { for facts }
            </p>
            if *sample > 0 {
                <p class="sample">
                    <strong>{ "Sample data" }</strong>
                    <span>{ sample_words(*sample, *respondents) }</span>
                </p>
            }
        </div>
    }
}

fn facts(results: &Results) -> Vec<String> {
    let audience = match results.audience.as_str() {
        "employee" => "Employees",
        _ => "Customers",
    };
    let wave = results.wave.as_deref().map_or_else(|| "All waves".to_owned(), wave_name);
    let segments = results.segment.iter().map(|(name, value)| format!("{name}: {value}"));
    [audience.to_owned(), wave].into_iter().chain(segments).collect()
}

fn sample_words(sample: u64, respondents: u64) -> String {
    if sample >= respondents {
        return "All respondents are made up, to show what results look like.".to_owned();
    }
    let are = if sample == 1 { "is" } else { "are" };
    format!("{} of {} {are} sample data.", figure::count(sample), figure::respondents(respondents))
}

#[cfg(test)]
mod tests {
    use super::sample_words;

    #[test]
    fn sample_data_is_told_from_answers() {
        assert_eq!(sample_words(1_200, 1_204), "1,200 of 1,204 respondents are sample data.");
        assert!(sample_words(5, 5).starts_with("All"));
    }
}
