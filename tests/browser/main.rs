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
mod clock;
mod conditions;
mod contrast;
mod delivery;
mod departure;
mod engines;
mod every_screen;
mod examples;
mod fetching;
mod focus;
mod full;
mod gallery;
mod going_on;
mod keyboard;
mod kiosk;
mod lacking;
mod lifetime;
mod mistakes;
mod mouse;
mod nosy;
mod npm;
mod pages;
mod passing;
mod people;
mod phone;
mod preview;
mod put_off;
mod quiet;
mod recontact;
mod route;
mod rtl;
mod sandboxed;
mod sealed;
mod seen;
mod several;
mod share;
mod shared;
mod spoken;
mod strict;
mod tap;
mod told;
mod totals;
mod transcripts;
mod tries;
mod triggers;
mod turns;
mod unreliable;
mod upgrade;
mod waiting;
mod walk;
mod wave;
mod wrong_days;

/// Opens what is sent, and closes it.
const SENT_TOGGLE: &str = "[part='sent-toggle']";
/// The one button that leads on: next, send, close.
const PRIMARY: &str = "[part='primary']";
/// The answer that is chosen.
const CHOSEN: &str = "[role='radio'][aria-checked='true']";
