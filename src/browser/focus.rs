use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent};
use yew::NodeRef;

/// Focuses the first element below `node` that `selector` finds, without scrolling the page.
pub(crate) fn focus(node: &NodeRef, selector: &str) {
    let found = node.cast::<Element>().and_then(|element| element.query_selector(selector).ok().flatten());
    focus_element(found);
}

/// How many siblings stand before the event's target.
pub(crate) fn place(event: &KeyboardEvent) -> usize {
    let mut before = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let mut place = 0;
    while let Some(sibling) = before.and_then(|element| element.previous_element_sibling()) {
        before = Some(sibling);
        place += 1;
    }
    place
}

/// Focuses the sibling of the event's target that has this `index`.
pub(crate) fn focus_sibling(event: &KeyboardEvent, index: usize) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let siblings = target.and_then(|element| element.parent_element()).map(|parent| parent.children());
    focus_element(siblings.and_then(|siblings| siblings.item(index.try_into().ok()?)));
}

fn focus_element(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that can't take the focus leaves it where it was.
        let _ = element.focus_with_options(&options);
    }
}
