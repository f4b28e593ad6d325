//! Screens as data, for whoever serves a definition. The first one is sent ahead of the WebAssembly, so that it
//! can be read and tapped while that is on its way (`www/widget/ahead.ts`); all of them are what authors look
//! through.

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

/// An element: a list of its name, its attributes and its children. A page builds that without parsing HTML,
/// for which many would have to ask their Trusted Types.
pub type Markup = Value;

/// The first screen in the survey's language that serves the BCP 47 tag `wanted` best, as [`Markup`].
///
/// `None` where it isn't the same for everybody: where chance, the page or the room there is has a say in
/// it, or where it takes more than taps.
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

/// A survey as it is shown where the page around it has no say.
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
    // Nothing in it waits for anything.
    let markup = block_on(LocalServerRenderer::<C>::with_props(props).hydratable(false).render());
    // What Yew writes is XML as well, as long as no element stays open; a field of one line would.
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
    // Later items count as well: they decide how many questions there are.
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
