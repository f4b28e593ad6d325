//! A survey in a host element: what the loader calls.
//!
//! In come the `<puls-survey>` element, whose attributes say how the survey is shown, the text of a
//! definition, and the [`Page`] around it; out go events on that element. Nothing here throws: a mistake
//! becomes `puls-error`.

mod attributes;

use crate::browser::{self, BrowserRandom, Page};
use crate::components::{Event, Survey, SurveyProps};
use crate::delivery;
use crate::state::Setup;
use crate::words::Words;
use attributes::Attributes;
use puls_core::definition::{Definition, Display, MechanismKind};
use puls_core::privacy::{Keep, Outcome, PrepareError, Prepared, prepare};
use puls_core::response::Response;
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlElement};
use yew::{AppHandle, Callback, Renderer};

/// A survey on screen.
#[wasm_bindgen]
pub struct Mounted {
    app: AppHandle<Survey>,
}

#[wasm_bindgen]
impl Mounted {
    /// Takes it off the page.
    pub fn unmount(self) {
        self.app.destroy();
    }
}

/// Shows a survey in `root`, which lies in `host`'s shadow root.
///
/// Gives nothing when the definition has mistakes; `puls-error` says which.
#[wasm_bindgen]
pub fn mount(host: &Element, root: HtmlElement, definition: &str, page: Page) -> Option<Mounted> {
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
    let Attributes { display, language, segment, problems } = Attributes::read(host, &definition);
    for problem in problems {
        page.fail("attribute", &problem);
    }
    let language = definition.language(&language).to_owned();
    let words = Words::find(&language);
    let setup = Rc::new(Setup { display, words, language, destination: page.destination(), definition });
    let popover = setup.display == Display::Popover;
    let mounted = show(setup, segment, page, root.clone());
    if popover {
        raise(&root);
    }
    Some(mounted)
}

fn show(setup: Rc<Setup>, segment: Segment, page: Page, root: HtmlElement) -> Mounted {
    let prepare = {
        let (setup, page) = (Rc::clone(&setup), page.clone());
        Callback::from(move |response| prepare_here(&setup.definition, &segment, &page, &response))
    };
    let on_event = {
        let survey = setup.definition.id.clone();
        Callback::from(move |event| handle(&survey, &page, event))
    };
    let props = SurveyProps { setup, prepare, on_event };
    Mounted { app: Renderer::<Survey>::with_root_and_props(root.into(), props).render() }
}

fn prepare_here(
    definition: &Definition,
    segment: &Segment,
    page: &Page,
    response: &Response,
) -> Option<Rc<Prepared>> {
    let kept = page.load(&keep_key(&definition.id)).and_then(|text| browser::parse(&text));
    let keep = kept.map_or_else(Keep::default, |json| Keep::from_json(&json, definition));
    let wave = Wave::of(definition.wave, page.today());
    match prepare(definition, response, &keep, wave, segment, &mut BrowserRandom) {
        Ok(prepared) => {
            // Drawn once and for all, so that no change of an answer is a second draw.
            if definition.privacy.kind() == MechanismKind::Randomised {
                page.store(&keep_key(&definition.id), &prepared.keep.to_string());
            }
            Some(Rc::new(prepared))
        }
        Err(error) => {
            let code = if matches!(error, PrepareError::Randomness(_)) { "randomness" } else { "incomplete" };
            page.fail(code, &error.to_string());
            None
        }
    }
}

/// Tells the page. Ids need no escaping in JSON.
fn handle(survey: &str, page: &Page, event: Event) {
    let about = format!(r#"{{"survey":"{survey}"}}"#);
    match event {
        Event::Shown => page.emit("puls-shown", &about),
        Event::Answered(item) => {
            page.emit("puls-answered", &format!(r#"{{"survey":"{survey}","item":"{item}"}}"#));
        }
        Event::Sent(prepared) => {
            // The release is in the outbox before the batch is closed. It keeps its id, so a page that is
            // closed in between has it counted once.
            if let Outcome::Release(release) = &prepared.outcome {
                delivery::send(release, page);
            }
            page.store(&keep_key(survey), &prepared.keep.to_string());
            page.emit("puls-completed", &about);
        }
        Event::Dismissed => {
            page.emit("puls-dismissed", &about);
            page.close();
        }
        Event::Closed => page.close(),
    }
}

fn keep_key(survey: &str) -> String {
    format!("keep.{survey}")
}

/// Puts the survey in the top layer, where the browser has one: above every `z-index` of the page.
fn raise(root: &HtmlElement) {
    if root.set_attribute("popover", "manual").is_ok() {
        // An older browser lacks the function; there the attribute still gives it its place.
        let _ = root.show_popover();
    }
}
