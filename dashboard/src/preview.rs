//! The preview: where authors see what a definition says before anybody else does.
//!
//! In comes a text; [`check`] makes of it a definition, or mistakes with their places in the text. From a
//! definition follow, all without asking anybody, the [`outline`] in words and what to think about
//! ([`warnings`]). Only pictures of the screens come from the collector, which renders them by the widget's own
//! components; and in a frame the widget itself shows the survey.

pub(crate) mod app;
pub(crate) mod check;
pub(crate) mod components;
pub(crate) mod conditions;
pub(crate) mod layout;
pub(crate) mod look;
pub(crate) mod outline;
pub(crate) mod place;
pub(crate) mod precision;
pub(crate) mod screens;
pub(crate) mod state;
pub(crate) mod warnings;

#[cfg(test)]
mod golden;
