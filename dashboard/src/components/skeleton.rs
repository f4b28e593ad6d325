//! A placeholder for results that are still loading.

use yew::prelude::*;

/// Grey shapes in place of a title and two questions.
#[component]
pub(crate) fn Skeleton() -> Html {
    html! {
        <>
            <h1 class="unseen">{ "Results" }</h1>
            <div class="skeleton" aria-hidden="true">
                <div class="bone bone-title"></div>
                <div class="bone bone-facts"></div>
                <div class="bone bone-card"></div>
                <div class="bone bone-card"></div>
            </div>
        </>
    }
}
