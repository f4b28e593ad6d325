//! The preview, in which authors see what a definition says before anybody else does.
//!
//! In comes a text; [`check`] turns it into a definition, or into mistakes with their places in the text. The page
//! itself makes an [`outline`] in words and [`warnings`] from the definition. Only the pictures of the screens come
//! from the collector, which renders them by the widget's own components. In a frame, the widget itself shows the
//! survey.

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
