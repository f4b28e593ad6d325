use super::curtain::curtain;
use super::footer::{Ways, footer};
use super::message::message;
use super::question::question;
use super::sent_view::sent_view;
use super::start::start;
use crate::browser::focus;
use crate::full::Full;
use crate::state::{Action, Outgoing, Progress, Screen, Setup, State};
use crate::words::direction;
use puls_core::FULL;
use puls_core::definition::Display;
use puls_core::path::Plan;
use std::mem::{Discriminant, discriminant};
use std::rc::Rc;
use yew::{Callback, Html, KeyboardEvent, NodeRef, Properties, UseReducerHandle, function_component};
use yew::{hook, html, use_effect, use_effect_with, use_mut_ref, use_node_ref, use_reducer};

/// What a survey reports to the element around it.
pub(crate) enum Event {
    /// The first screen can be used.
    Shown,
    /// The item with this id was answered; never how. Not reported for items that only some people are asked: that
    /// would tell an answer.
    Answered(String),
    /// The answers are complete. The receiver works out what they lead to, and dispatches it.
    Completed(UseReducerHandle<State>),
    /// The respondent sends answers that join a batch. The receiver lets them join, and dispatches the outcome.
    Joining(UseReducerHandle<State>, Full),
    /// The respondent sent this.
    Sent(Outgoing),
    /// The respondent took the way out with this name.
    Route(String),
    /// The respondent closed the survey before anything was sent: for good if `never`, else for now.
    Dismissed { never: bool },
    /// The respondent closed the survey after that.
    Closed,
}

#[derive(Properties, Clone)]
pub(crate) struct SurveyProps {
    pub(crate) setup: Rc<Setup>,
    /// A new plan means a new person: the survey begins anew.
    pub(crate) plan: Rc<Plan>,
    pub(crate) on_event: Callback<Event>,
    /// Asks for a new plan.
    pub(crate) restart: Callback<()>,
}

impl PartialEq for SurveyProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.setup, &other.setup) && Rc::ptr_eq(&self.plan, &other.plan)
    }
}

/// The whole survey: one screen at a time, with its head and foot.
#[function_component]
pub(crate) fn Survey(props: &SurveyProps) -> Html {
    let (setup, plan) = (Rc::clone(&props.setup), Rc::clone(&props.plan));
    let state = use_reducer(move || State::new(setup, plan));
    let node = use_node_ref();
    use_consequences(&state, props);
    use_screen_changes(&state, &node, &props.on_event);

    let act = actions(&state, &props.on_event);
    panel(&state, &act, &ways(&state, props), node)
}

/// A screen with its head and foot.
pub(super) fn panel(state: &State, act: &Callback<Action>, ways: &Ways, node: NodeRef) -> Html {
    let Setup { definition, display, corner, preset, language, words, .. } = &*state.setup;
    let above = state.setup.is_above_page();
    html! {
        <section ref={node} id="survey" class="panel" part="panel" data-display={display.name()} data-corner={corner.name()}
            data-preset={preset.name()} lang={language.clone()} dir={direction(language)}
            onkeydown={on_escape(above, &ways.close)} role={role(*display)}
            aria-label={state.read(&definition.title)}>
            if FULL && state.is_covered() {
                { curtain(state, act, ways) }
            } else {
                <div class="head">
                    { progress(state) }
                    if above {
                        <button type="button" part="close" class="icon" aria-label={words.get("close")}
                            onclick={ways.close.reform(|_| ())}>
                            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
                        </button>
                    }
                </div>
                { screen(state, act) }
                { footer(state, act, ways) }
            }
        </section>
    }
}

pub(super) fn screen(state: &State, act: &Callback<Action>) -> Html {
    if state.sent_view {
        return sent_view(state);
    }
    match state.screen {
        Screen::Start if FULL => start(state, act),
        Screen::Start | Screen::Curtain => Html::default(),
        Screen::Item(..) => question(state, act),
        Screen::Thanks { .. } | Screen::Failed => message(state),
    }
}

/// How far the respondent has come, seen and read out.
fn progress(state: &State) -> Html {
    let path = state.path();
    let counted = |item: &&usize| state.setup.definition.lines(**item).len() > 0;
    let questions: Vec<usize> = path.items().iter().filter(counted).copied().collect();
    let here = state.item().and_then(|(index, _)| questions.iter().position(|item| *item == index));
    let (Some(before), 2..) = (here, questions.len()) else { return html! { <span /> } };
    let (at, of) = (before as u64 + 1, questions.len() as u64);
    html! {
        <div class="progress" part="progress">
            <progress aria-hidden="true" value={at.to_string()} max={of.to_string()} />
            <span role="status">{ state.setup.words.fill("progress", &[at, of]) }</span>
        </div>
    }
}

/// The survey's role for screen readers. A modal or kiosk lies in a `<dialog>` already, so it is a group in it.
fn role(display: Display) -> &'static str {
    match display {
        Display::Popover | Display::Bar => "dialog",
        Display::Modal | Display::Kiosk => "group",
        Display::Inline | Display::Page => "region",
    }
}

fn on_escape(above: bool, close: &Callback<()>) -> Callback<KeyboardEvent> {
    let close = close.clone();
    Callback::from(move |event: KeyboardEvent| {
        if above && event.key() == "Escape" {
            event.stop_propagation();
            // Otherwise Escape would also close a dialog of the page.
            event.prevent_default();
            close.emit(());
        }
    })
}

/// Dispatches actions, and reports the ones that matter outside.
fn actions(state: &UseReducerHandle<State>, on_event: &Callback<Event>) -> Callback<Action> {
    let (state, on_event) = (state.clone(), on_event.clone());
    Callback::from(move |action| {
        match (&action, &state.screen) {
            (Action::Take(route), _) if FULL => {
                let routes = &state.setup.definition.routing.routes;
                routes
                    .get(*route)
                    .into_iter()
                    .for_each(|route| on_event.emit(Event::Route(route.name.clone())));
            }
            (Action::Choose(..), Screen::Item(index, _))
                if !state.setup.definition.is_conditional(*index) =>
            {
                if let Some((_, item)) = state.item() {
                    on_event.emit(Event::Answered(item.id.clone()));
                }
            }
            (Action::Send, Screen::Item(_, Progress::Known(outgoing))) => match state.joins() {
                Some(full) => {
                    state.dispatch(Action::Join(full));
                    return on_event.emit(Event::Joining(state.clone(), full));
                }
                None if outgoing.is_ready() => on_event.emit(Event::Sent(outgoing.clone())),
                None => {}
            },
            _ => {}
        }
        state.dispatch(action);
    })
}

fn ways(state: &State, props: &SurveyProps) -> Ways {
    let done = matches!(state.screen, Screen::Thanks { .. } | Screen::Failed);
    let dismissed = |never: bool| {
        props.on_event.reform(move |()| if done { Event::Closed } else { Event::Dismissed { never } })
    };
    Ways { close: dismissed(false), never: dismissed(true), restart: props.restart.clone() }
}

/// Follows the properties: another person, another language or room, a question whether somebody is still there.
/// Reports complete answers at once, so that the release is ready to be read before it is sent.
#[hook]
fn use_consequences(state: &UseReducerHandle<State>, props: &SurveyProps) {
    let (state, props) = (state.clone(), props.clone());
    use_effect(move || {
        if FULL && !Rc::ptr_eq(&state.plan, &props.plan) {
            state.dispatch(Action::Restart(props.plan));
        } else if !Rc::ptr_eq(&state.setup, &props.setup) {
            state.dispatch(Action::Change(props.setup));
        } else if state.is_open() && state.is_last() && state.path().is_complete() {
            props.on_event.emit(Event::Completed(state.clone()));
        }
    });
}

/// What the respondent looks at. The focus moves when this changes.
#[derive(Clone, Copy, PartialEq)]
struct OnScreen {
    screen: Discriminant<Screen>,
    /// The index of the item on screen.
    item: Option<usize>,
    /// The statement on screen; 0 where a matrix shows all of its statements.
    row: usize,
    row_by_row: bool,
    sent_view: bool,
    unattended: bool,
}

impl OnScreen {
    fn of(state: &State) -> Self {
        let row_by_row = state.row_by_row();
        Self {
            screen: discriminant(&state.screen),
            item: state.item().map(|(index, _)| index),
            row: if row_by_row { state.row } else { 0 },
            row_by_row,
            sent_view: state.sent_view,
            unattended: state.unattended,
        }
    }
}

/// Moves the focus to each new screen except the first, which is only reported as shown. So the survey never takes the
/// focus from the page: after the first screen the respondent is in the survey anyway.
#[hook]
fn use_screen_changes(state: &State, panel: &NodeRef, on_event: &Callback<Event>) {
    let (panel, on_event) = (panel.clone(), on_event.clone());
    let before = use_mut_ref(|| None);
    let in_use = state.setup.in_use;
    use_effect_with(OnScreen::of(state), move |now| match before.replace(Some(*now)) {
        None => on_event.emit(Event::Shown),
        // The view of what is sent was closed. The focus returns to the button that opens it.
        Some(before) if before == OnScreen { sent_view: true, ..*now } => focus(&panel, "[part=sent-toggle]"),
        // Only the room changed, and the focus isn't in the survey: it stays where it is.
        Some(before)
            if !in_use && before == OnScreen { row: before.row, row_by_row: !now.row_by_row, ..*now } => {}
        Some(_) => focus(&panel, "[data-focus]"),
    });
}
