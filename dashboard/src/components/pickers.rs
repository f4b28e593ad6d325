//! Menus for survey, wave and segment.

use super::select::Select;
use crate::api::Survey;
use crate::state::Action;
use crate::view::View;
use crate::wave_name::wave_name;
use puls_analysis::results::Results;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The collector's surveys.
    pub(crate) surveys: Rc<Vec<Survey>>,
    /// The current results, which list the waves.
    pub(crate) results: Option<Rc<Results>>,
    /// The current choice.
    pub(crate) view: View,
    /// Takes what the reader does.
    pub(crate) dispatch: Callback<Action>,
}

/// A menu for the survey, one for the wave, and one for each segment that the survey declares.
#[component]
pub(crate) fn Pickers(props: &Props) -> Html {
    let survey = props.surveys.iter().find(|survey| Some(&survey.id) == props.view.survey.as_ref());
    let segments = survey.iter().flat_map(|survey| &survey.segments);
    html! {
        <div class="pickers" role="group" aria-label="What to show">
            { survey_menu(props, survey.is_some()) }
            { wave_menu(props) }
            { for segments.map(|(name, values)| segment_menu(props, name, values)) }
        </div>
    }
}

fn survey_menu(props: &Props, known: bool) -> Html {
    let mut options: Vec<_> =
        props.surveys.iter().map(|survey| (survey.id.clone(), survey.title.clone())).collect();
    let chosen = props.view.survey.clone().unwrap_or_default();
    if !known {
        options.insert(0, (chosen.clone(), "Choose a survey".to_owned()));
    }
    let onchoose = props.dispatch.reform(|id: String| Action::Look(View::of(&id)));
    html! { <Select id="survey" label="Survey" {options} {chosen} {onchoose} /> }
}

/// The menu of waves, newest first. It has the wave that the address names, even if nobody has answered in it.
fn wave_menu(props: &Props) -> Html {
    let mut waves = props.results.as_ref().map(|results| results.waves.clone()).unwrap_or_default();
    waves.extend(props.view.wave.clone());
    waves.sort_unstable_by(|one, other| other.cmp(one));
    waves.dedup();
    let all = (String::new(), "All waves".to_owned());
    let options: Vec<_> =
        std::iter::once(all).chain(waves.into_iter().map(|wave| (wave.clone(), wave_name(&wave)))).collect();
    let view = props.view.clone();
    let onchoose = props.dispatch.reform(move |wave: String| Action::Look(view.in_wave(something(wave))));
    let chosen = props.view.wave.clone().unwrap_or_default();
    html! { <Select id="wave" label="Wave" {options} {chosen} {onchoose} /> }
}

fn segment_menu(props: &Props, name: &str, values: &[String]) -> Html {
    let all = (String::new(), "All".to_owned());
    let options: Vec<_> =
        std::iter::once(all).chain(values.iter().map(|value| (value.clone(), value.clone()))).collect();
    let (view, segment) = (props.view.clone(), name.to_owned());
    let onchoose =
        props.dispatch.reform(move |value: String| Action::Look(view.in_segment(&segment, something(value))));
    let chosen = props.view.segment.get(name).cloned().unwrap_or_default();
    let id = format!("segment-{name}");
    html! { <Select {id} label={capitalised(name)} {options} {chosen} {onchoose} /> }
}

fn something(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty())
}

/// A segment's name as a label, such as "Unit" for `unit`.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter == '_' { ' ' } else { letter });
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
