//! The shares of favourable, neutral and unfavourable answers.

use crate::figure;
use puls_analysis::estimates::Estimate;
use puls_analysis::results::Favourable as Shares;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The three shares.
    pub(crate) shares: Shares,
    /// Whether they are promoters, passives and detractors.
    pub(crate) scored: bool,
}

/// A bar in three parts, and the same in numbers.
#[component]
pub(crate) fn Favourable(Props { shares, scored }: &Props) -> Html {
    let names = if *scored {
        ["Promoters", "Passives", "Detractors"]
    } else {
        ["Favourable", "Neutral", "Unfavourable"]
    };
    let parts = names.into_iter().zip([
        ("high", shares.favourable),
        ("middle", shares.neutral),
        ("low", shares.unfavourable),
    ]);
    html! {
        <div class="thirds">
            { bar(shares) }
            <dl>
                { for parts.map(|(name, (tone, share))| part(name, tone, share)) }
            </dl>
        </div>
    }
}

fn part(name: &'static str, tone: &'static str, share: Estimate) -> Html {
    html! {
        <div key={name} class={tone}>
            <dt>{ name }</dt>
            <dd>
                <strong>{ figure::percent(share.value) }</strong>
                <span class="unseen">{ ", with 95\u{a0}% certainty " }</span>
                <span class="small">{ figure::percent_range(share) }</span>
            </dd>
        </div>
    }
}

/// The bar. Screen readers skip it, since the numbers beside it say the same. Widths are attributes, since the page's
/// policy allows no inline style.
fn bar(shares: &Shares) -> Html {
    let [high, middle] = [shares.favourable, shares.neutral].map(|share| 100.0 * share.value);
    let part = |tone: &'static str, from: f64, width: f64| {
        html! {
            <rect class={tone} x={format!("{from:.2}")} y="0" width={format!("{width:.2}")} height="10" />
        }
    };
    html! {
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            { part("high", 0.0, high) }
            { part("middle", high, middle) }
            { part("low", high + middle, 100.0 - high - middle) }
        </svg>
    }
}
