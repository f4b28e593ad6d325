//! Renders screens natively, as data. The collector serves the first screen ahead of the WebAssembly, so that
//! respondents can read and tap it while the WebAssembly loads (`www/widget/ahead.ts`). Authors look through all
//! screens in the preview.

mod every_screen;

pub use every_screen::{EveryScreen, Look, every_screen};

use crate::components::{Survey, SurveyProps};
use crate::full::Full;
use crate::state::Setup;
use crate::words::native;
use futures::executor::block_on;
use puls_core::definition::{Definition, Display, ItemKind, Order};
use puls_core::path::Plan;
use puls_core::pieces::Pieces;
use puls_core::segment::Segment;
use roxmltree::{Document, Node};
use serde_json::{Map, Value, json};
use std::rc::Rc;
use yew::{BaseComponent, Callback, LocalServerRenderer};

/// An element: a list of its name, its attributes and its children. A page builds it without parsing HTML, which the
/// Trusted Types of many pages forbid.
pub type Markup = Value;

/// The first screen, in that language of the survey which serves the BCP 47 tag `wanted` best.
///
/// `None` if the screen isn't the same for everybody, since it depends on chance, on the page or on the room there, or
/// if a tap isn't enough to answer it.
pub fn first_screen(definition: &Definition, wanted: &str, display: Display) -> Option<Markup> {
    if !is_certain(definition, display) {
        return None;
    }
    let setup = setup(definition, wanted, display);
    let props = SurveyProps {
        plan: Rc::new(Plan::given(definition)),
        setup: Rc::new(setup),
        on_event: Callback::noop(),
        restart: Callback::noop(),
    };
    rendered::<Survey>(props)
}

/// The setup of a survey without a page around it.
fn setup(definition: &Definition, wanted: &str, display: Display) -> Setup {
    let language = definition.language(wanted).to_owned();
    Setup {
        display,
        corner: definition.show.corner,
        preset: definition.show.preset,
        segment: Segment::default(),
        pieces: Pieces::default(),
        narrow: Full::here().filter(|_| display == Display::Popover),
        in_use: false,
        uncalled: true,
        asked: 0,
        spent: false,
        words: native(&language),
        language,
        destination: String::new(),
        definition: Rc::new(definition.clone()),
    }
}

fn rendered<C: BaseComponent>(props: C::Properties) -> Option<Markup> {
    // `block_on` never blocks: no component waits for anything.
    let markup = block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render());
    // Yew's HTML is also XML, except for elements without an end tag such as `<input>`, which no such screen has.
    Document::parse(&markup).ok().map(|document| tree(document.root_element()))
}

fn tree(node: Node<'_, '_>) -> Markup {
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        return json!(text);
    }
    let attributes =
        node.attributes().map(|attribute| (attribute.name().to_owned(), json!(attribute.value())));
    let mut element = vec![json!(node.tag_name().name()), Value::Object(attributes.collect::<Map<_, _>>())];
    element.extend(node.children().map(tree));
    Value::Array(element)
}

fn is_certain(definition: &Definition, display: Display) -> bool {
    let Some(first) = definition.items.first() else { return false };
    // The conditions of later items matter, too: the first screen shows how many questions there are.
    let is_drawn = definition.order == Order::Random || definition.sample.is_some();
    let depends = definition.items.iter().any(|item| item.when.is_some()) || !first.variants.is_empty();
    let offers = !definition.routing.routes.is_empty() || !definition.pieces.is_empty();
    let takes_more = match &first.kind {
        ItemKind::OpenText(_) | ItemKind::Choices(_) => true,
        ItemKind::Matrix(_) => display != Display::Popover,
        ItemKind::Choice(choice) => choice.shuffle || choice.other.is_some(),
        _ => false,
    };
    !(is_drawn || depends || offers || takes_more)
}
