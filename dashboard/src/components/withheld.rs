//! Says why a figure is withheld, and when it will be shown.

use super::icon::{Glyph, Icon};
use crate::figure;
use puls_analysis::results::Withheld as Why;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What is withheld, as the beginning of a sentence: "The figures" or "The share of each answer".
    pub(crate) what: AttrValue,
    /// Why it is withheld.
    pub(crate) why: Why,
}

/// A note in place of a figure.
#[component]
pub(crate) fn Withheld(Props { what, why }: &Props) -> Html {
    html! {
        <p class="withheld">
            <Icon glyph={Glyph::Shield} />
            <span>
                <strong>{ progress(*why) }</strong>
                { format!(" {what} {}", condition(*why)) }
            </span>
        </p>
    }
}

fn progress(Why { have, needs, in_whole, .. }: Why) -> String {
    let whole = if in_whole { " in all" } else { "" };
    match have {
        Some(have) => format!("{} of {} answers{whole}.", figure::count(have), figure::count(needs)),
        None => "Too few answers to show yet.".to_owned(),
    }
}

fn condition(Why { needs, in_whole, .. }: Why) -> String {
    let needs = figure::count(needs);
    if in_whole {
        return format!(
            "of a group will be shown once all groups together have {needs}, so that nobody's answer can be told."
        );
    }
    format!("will be shown from {needs} on, so that nobody's answer can be told.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_analysis::results::Reason;

    #[test]
    fn what_is_missing_is_said() {
        let why = |have, needs, in_whole| Why { withheld: Reason::TooFew, in_whole, have, needs };
        assert_eq!(progress(why(Some(3), 5, false)), "3 of 5 answers.");
        assert_eq!(progress(why(Some(37), 50, true)), "37 of 50 answers in all.");
        assert_eq!(progress(why(None, 10, false)), "Too few answers to show yet.");
        assert!(condition(why(None, 10, false)).contains("from 10 on"));
    }
}
