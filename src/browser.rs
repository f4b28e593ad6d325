//! Every call into the browser. Each may fail, since a page can refuse or replace any function.

mod focus;
mod json;
mod page;
mod random;
mod sealing;
mod spoken;
mod writing;

pub(crate) use focus::{focus, focus_sibling, place};
pub(crate) use json::parse;
pub use page::Page;
pub(crate) use random::BrowserRandom;
pub(crate) use sealing::{SealedReport, seal};
pub use spoken::Spoken;
pub(crate) use writing::{lower_case, written};
