//! The Puls widget: a survey on screen, and what becomes of its answers.
//!
//! [`state`] holds what the respondent sees and has answered; [`components`] render it, in browsers and
//! natively alike; [`element`] ties them to a host element and to [`delivery`]. Everything that touches
//! the browser stands in [`browser`], can fail, and is called from effects and event handlers alone.

#[cfg(not(target_arch = "wasm32"))]
pub mod ahead;
pub mod browser;
mod components;
mod delivery;
pub mod element;
mod full;
mod state;
mod words;
