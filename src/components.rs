//! What the respondent sees. Rendering touches no browser object; effects and handlers do.
//!
//! Only what holds state or needs a key is a component, since each costs about a kilobyte. Everything else is a
//! function.

mod checks;
mod curtain;
mod footer;
mod link;
mod matrix;
mod message;
mod options;
mod picture;
mod question;
mod sent_form;
mod sent_view;
mod start;
#[cfg(not(target_arch = "wasm32"))]
mod still;
mod survey;
mod writing;

#[cfg(test)]
mod tests;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use still::{Still, StillProps};
pub(crate) use survey::{Event, Survey, SurveyProps};
