//! Everything that page and server share: what a survey asks, how its answers add up, and which of the sums leave the
//! page.
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
/// A build without it takes fewer bytes and has what a survey like NPS needs: scales in numbers, agreement, one choice
/// out of a list, and notices, one after the other. [`Definition::is_plain`](definition::Definition::is_plain) says
/// whether that is enough for a survey. Whoever checks definitions needs the full build.
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
