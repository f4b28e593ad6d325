//! A survey in a host element: what the glue calls.
//!
//! The glue passes in the `<puls-survey>` element, whose attributes say how the survey is shown, the text of a
//! definition, and the [`Page`]. Events on that element come out. Nothing here throws: a mistake becomes `puls-error`.

mod attributes;
mod preparing;
mod shared;

use crate::browser::{self, BrowserRandom, Page, Spoken};
use crate::components::{Event, Survey, SurveyProps};
use crate::delivery::{self, Departure};
use crate::full::Full;
use crate::state::{Outgoing, Setup};
use attributes::Attributes;
use preparing::{keep_from, wave};
use puls_core::FULL;
#[cfg(feature = "full")]
use puls_core::definition::MechanismKind;
use puls_core::definition::{Definition, Display};
use puls_core::path::Plan;
use puls_core::privacy::{Outcome, affords};
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlElement};
use yew::{AppHandle, Callback, Renderer};

/// Below this width, in CSS pixels, a matrix is asked one statement at a time.
const MATRIX_WIDTH: f64 = 640.0;

/// A survey on screen.
#[wasm_bindgen]
pub struct Mounted {
    app: AppHandle<Survey>,
    props: SurveyProps,
}

#[wasm_bindgen]
impl Mounted {
    /// Goes on in another language and keeps the answers.
    pub fn speak(&mut self, spoken: Spoken) {
        let language = spoken.language();
        if let Some(words) = spoken.into_words() {
            self.change(|setup| (setup.language, setup.words) = (language, words));
        }
    }

    /// Takes the survey off the page.
    pub fn unmount(self) {
        self.app.destroy();
    }
}

/// Methods that only the full build's glue calls: no plain survey has a matrix, or several people on one device.
#[cfg(feature = "full")]
#[wasm_bindgen]
impl Mounted {
    /// Fits the survey into a new width, in CSS pixels. `in_use` says whether the focus is in the survey; then it stays
    /// there.
    pub fn fit(&mut self, width: f64, in_use: bool) {
        let narrow = Full::here().filter(|_| is_narrow(self.props.setup.display, width));
        if narrow != self.props.setup.narrow {
            self.change(|setup| (setup.narrow, setup.in_use) = (narrow, in_use));
        }
    }

    /// Asks whether somebody is still there, on a shared device that nobody has touched for a while. Their answers are
    /// covered until they say so.
    pub fn ask(&mut self) {
        self.change(|setup| setup.asked += 1);
    }

    /// Forgets the answers and starts the survey again for the next person.
    pub fn restart(&mut self) {
        self.props.plan = draw_plan(&self.props.setup.definition);
        self.app.update(self.props.clone());
    }

    /// Whether people answer on this screen one after another.
    pub fn is_kiosk(&self) -> bool {
        self.props.setup.is_kiosk()
    }

    /// Whether several people answer on this device, so that whoever opens the survey again may be somebody else.
    pub fn is_shared(&self) -> bool {
        self.is_kiosk() || self.props.setup.definition.privacy.kind() == MechanismKind::Batched
    }

    /// Whether answers are sealed for two aggregators.
    pub fn is_sealed(&self) -> bool {
        self.props.setup.definition.privacy.kind() == MechanismKind::Sealed
    }
}

impl Mounted {
    fn change(&mut self, change: impl FnOnce(&mut Setup)) {
        change(Rc::make_mut(&mut self.props.setup));
        self.app.update(self.props.clone());
    }
}

/// Shows a survey in `root`, which lies in `host`'s shadow root.
///
/// Returns `None` if the definition or the words can't be read. `puls-error` names the definition's mistakes.
#[wasm_bindgen]
pub fn mount(
    host: &Element,
    root: HtmlElement,
    definition: &str,
    spoken: Spoken,
    page: Page,
) -> Option<Mounted> {
    let Some(json) = browser::parse(definition) else {
        page.fail("definition", "not valid JSON");
        return None;
    };
    let definition = match Definition::from_json(&json) {
        Ok(definition) => definition,
        Err(problems) => {
            page.fail("definition", &problems.to_string());
            return None;
        }
    };
    let Attributes { display, corner, preset, segment, pieces, problems } =
        Attributes::read(host, &definition);
    for problem in problems {
        page.fail("attribute", &problem);
    }
    let (definition, language, destination) = (Rc::new(definition), spoken.language(), page.destination());
    let flows = matches!(display, Display::Inline | Display::Page);
    let narrow = Full::here().filter(|_| is_narrow(display, page.room(!flows)));
    let words = spoken.into_words()?;
    let spent = !affords(&definition, &keep_from(page.kept(), &definition), wave(&page, &definition));
    if spent {
        page.fail("spent", "the lifetime epsilon of the survey is spent in this browser");
    }
    let setup = Setup {
        definition,
        display,
        corner,
        preset,
        segment,
        pieces,
        narrow,
        in_use: false,
        uncalled: page.uncalled(),
        asked: 0,
        spent,
        language,
        words,
        destination,
    };
    Some(show(setup, page, root))
}

/// Whether a survey of this width has no room for a matrix.
fn is_narrow(display: Display, width: f64) -> bool {
    matches!(display, Display::Popover | Display::Bar) || width < MATRIX_WIDTH
}

fn show(setup: Setup, page: Page, root: HtmlElement) -> Mounted {
    let definition = Rc::clone(&setup.definition);
    let on_event = {
        let (definition, page) = (Rc::clone(&definition), page.clone());
        Callback::from(move |event| handle(&definition, &page, event))
    };
    // The glue holds the `Mounted` that restarts.
    let restart = Callback::from(move |()| page.restart());
    let plan = draw_plan(&definition);
    let props = SurveyProps { setup: Rc::new(setup), plan, on_event, restart };
    Mounted { app: Renderer::<Survey>::with_root_and_props(root.into(), props.clone()).render(), props }
}

/// Draws what is asked, in which order. If the source of randomness fails, everything is asked in the given order.
fn draw_plan(definition: &Definition) -> Rc<Plan> {
    if !FULL {
        return Rc::new(Plan::given(definition));
    }
    Rc::new(Plan::draw(definition, &mut BrowserRandom).unwrap_or_else(|_| Plan::given(definition)))
}

/// Acts on what the survey reports, and tells the page. Ids need no escaping in JSON.
fn handle(definition: &Definition, page: &Page, event: Event) {
    let survey = definition.id.as_str();
    let about = format!(r#"{{"survey":"{survey}"}}"#);
    match event {
        Event::Shown => page.emit("puls-shown", &about),
        Event::Answered(item) => {
            page.emit("puls-answered", &format!(r#"{{"survey":"{survey}","item":"{item}"}}"#));
        }
        Event::Completed(state) => preparing::prepare_ahead(page, state),
        Event::Joining(state, _) => shared::join(page, state),
        Event::Sent(outgoing) => {
            hand_over(&outgoing, page);
            page.emit("puls-completed", &about);
        }
        Event::Route(name) => {
            page.emit("puls-route", &format!(r#"{{"survey":"{survey}","route":"{name}"}}"#));
        }
        Event::Dismissed { never } => {
            page.emit("puls-dismissed", &format!(r#"{{"survey":"{survey}","never":{never}}}"#));
            page.close();
        }
        Event::Closed => page.close(),
    }
}

fn hand_over(outgoing: &Outgoing, page: &Page) {
    match outgoing {
        Outgoing::Sealed(reports) => reports.iter().for_each(|report| delivery::upload(report, page)),
        Outgoing::Prepared(prepared) => match &prepared.outcome {
            Outcome::Release(release) => delivery::send(release, page, Departure::Soon),
            Outcome::Apart(releases) if FULL => {
                releases.iter().for_each(|release| delivery::send(release, page, Departure::Apart));
            }
            // `shared` sends a full batch, and reports leave as `Outgoing::Sealed`.
            Outcome::Apart(_) | Outcome::Held { .. } | Outcome::Sealed(_) => {}
        },
    }
}
