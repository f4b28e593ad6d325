//! The Puls widget: shows a survey, and hands over what its answers lead to.
//!
//! `state` holds what the respondent sees and has answered. `components` render it, in browsers and natively.
//! [`element`] connects them to a host element and to `delivery`. Only [`browser`] touches the browser; its functions
//! can fail, and only effects and event handlers call them.

#[cfg(not(target_arch = "wasm32"))]
pub mod ahead;
pub mod browser;
mod components;
mod delivery;
pub mod element;
mod full;
mod state;
mod words;
