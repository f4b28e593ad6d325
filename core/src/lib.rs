//! What a survey asks, what its answers add up to, and what of the sums leaves a page: all that page and server share.
//!
//! The modules stand in the order in which data flows through them, and each one uses only those above
//! it. Nothing here reads a clock, draws randomness or touches a browser: callers pass both in.

pub mod read;

mod chance;

pub mod language;

pub mod segment;

pub mod wave;

/// Whether everything that a definition can hold is compiled in: feature `full`.
///
/// Without it there is what a survey like NPS needs, in fewer bytes: scales in numbers, one choice out of a list,
/// agreement and notices, one after the other. [`Definition::is_plain`](definition::Definition::is_plain) tells
/// the surveys for which that is enough; whoever checks definitions has to have it all.
pub const FULL: bool = cfg!(feature = "full");

pub mod definition;

pub mod joint_sums;

#[cfg(feature = "outside-the-widget")]
pub mod doubts;

pub mod pieces;

pub mod themes;

pub mod response;

pub mod path;

pub mod summary;

pub mod privacy;
