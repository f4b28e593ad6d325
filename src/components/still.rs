use super::footer::Ways;
use super::survey::panel;
use crate::state::State;
use std::rc::Rc;
use yew::{Callback, Html, NodeRef, Properties, function_component};

#[derive(Properties)]
pub(crate) struct StillProps {
    pub(crate) state: Rc<State>,
}

impl PartialEq for StillProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

/// A survey in one state, as a still picture: its buttons do nothing.
#[function_component]
pub(crate) fn Still(props: &StillProps) -> Html {
    let ways = Ways { close: Callback::noop(), never: Callback::noop(), restart: Callback::noop() };
    panel(&props.state, &Callback::noop(), &ways, NodeRef::default())
}
