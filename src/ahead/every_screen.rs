use super::{Markup, rendered, setup};
use crate::components::{Still, StillProps};
use crate::full::Full;
use crate::state::{Outgoing, Progress, Screen, Setup, State};
use puls_core::definition::{Definition, Display, Order, Preset};
use puls_core::path::Plan;
use puls_core::privacy::{Keep, Outcome, Prepared};
use puls_core::wave::Wave;
use std::rc::Rc;

/// How an author wants to see the screens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look<'a> {
    /// A BCP 47 tag. Screens are in the survey's language that serves it best.
    pub language: &'a str,
    /// `None` stands for the survey's own.
    pub preset: Option<Preset>,
    /// Whether there is as little room as on a phone.
    pub narrow: bool,
}

/// All screens of a survey. `None` stands for one that can't be written as data, because a text has a control
/// character.
#[derive(Debug, Clone, PartialEq)]
pub struct EveryScreen {
    /// The items, in the definition's order.
    pub items: Vec<Option<Markup>>,
    /// Each of the thanks; the widget's own where the survey has none.
    pub thanks: Vec<Option<Markup>>,
    /// The last screen with each of the ways out.
    pub routes: Vec<Option<Markup>>,
}

/// Renders every screen that somebody might see, each without an answer.
pub fn every_screen(definition: &Definition, look: Look<'_>) -> EveryScreen {
    let definition = one_after_the_other(definition);
    let setup = setup(&definition, look.language, Display::Inline);
    let preset = look.preset.unwrap_or(setup.preset);
    let setup =
        Rc::new(Setup { preset, narrow: Full::here().filter(|_| look.narrow), uncalled: false, ..setup });
    let plan = Rc::new(Plan::given(&definition));
    let still = |screen| {
        let state = State { screen, ..State::new(Rc::clone(&setup), Rc::clone(&plan)) };
        rendered::<Still>(StillProps { state: Rc::new(state) })
    };
    let sent = nothing(&definition);
    let thanks = |thanks, routes| still(Screen::Thanks { sent: sent.clone(), thanks, routes });
    EveryScreen {
        items: (0..definition.items.len()).map(|index| still(Screen::Item(index, Progress::Open))).collect(),
        thanks: (0..definition.thanks.len().max(1)).map(|index| thanks(index, Vec::new())).collect(),
        routes: (0..definition.routing.routes.len()).map(|index| thanks(0, vec![index])).collect(),
    }
}

/// An empty hand-over, for thanks that nobody has answered for.
fn nothing(definition: &Definition) -> Outgoing {
    let (wave, outcome) = (Wave::of(definition.wave, 0), Outcome::Apart(Vec::new()));
    Outgoing::Prepared(Rc::new(Prepared { wave, outcome, keep: Keep::default() }))
}

/// The survey changed so that every item is asked, in the given order.
fn one_after_the_other(definition: &Definition) -> Definition {
    let mut definition = Definition { order: Order::Given, sample: None, ..definition.clone() };
    definition.routing.jumps.clear();
    definition.items.iter_mut().for_each(|item| item.when = None);
    definition
}
