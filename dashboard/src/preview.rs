//! The preview: where authors see what a definition says before anybody else does.
//!
//! In comes a text; [`check`] makes of it a definition, or mistakes with their places in the text. From a
//! definition follow, all without asking anybody, the [`outline`] in words and what to think about
//! ([`warnings`]). Only pictures of the screens come from the collector, which renders them by the widget's own
//! components; and in a frame the widget itself shows the survey.

pub mod app;
pub mod check;
pub mod components;
pub mod conditions;
pub mod layout;
pub mod look;
pub mod outline;
pub mod place;
pub mod precision;
pub mod screens;
pub mod state;
pub mod warnings;

#[cfg(test)]
mod golden;
