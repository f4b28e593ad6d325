//! Whole flows in a real browser, from a page that embeds Puls to the collector's totals: one story a file.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod accessibility;
mod ahead;
mod apart;
mod asked;
mod batch;
mod chat;
mod contrast;
mod delivery;
mod engines;
mod examples;
mod fetching;
mod focus;
mod gallery;
mod going_on;
mod keyboard;
mod lifetime;
mod mistakes;
mod mouse;
mod npm;
mod pages;
mod passing;
mod people;
mod phone;
mod preview;
mod recontact;
mod rtl;
mod sealed;
mod seen;
mod several;
mod share;
mod shared;
mod strict;
mod tap;
mod totals;
mod transcripts;
mod triggers;
mod turns;
mod unreliable;
mod waiting;

/// Opens what is sent, and closes it.
const SENT_TOGGLE: &str = "[part='sent-toggle']";
/// The one button that leads on: next, send, close.
const PRIMARY: &str = "[part='primary']";
/// The answer that is chosen.
const CHOSEN: &str = "[role='radio'][aria-checked='true']";
