//! What the respondent sees. Rendering touches no browser object; effects and handlers do.
//!
//! Only what holds state or is keyed is a component: each costs about a kilobyte, so the rest are functions.

mod footer;
mod message;
mod options;
mod question;
mod sent_view;
mod survey;

#[cfg(test)]
mod tests;

pub(crate) use survey::{Event, Survey, SurveyProps};
