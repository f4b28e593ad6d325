//! What a survey asks, what its answers add up to, and what the sums mean.
//!
//! The modules stand in the order in which data flows through them, and each one uses only those
//! above it. Nothing here reads a clock, draws randomness or touches a browser: callers pass both in.

pub mod read;

pub mod language;

pub mod definition;

#[cfg(feature = "schema")]
pub mod schema;

pub mod response;

pub mod summary;

pub mod wave;

pub mod segment;

pub mod privacy;

#[cfg(feature = "parse")]
pub mod received;

pub mod estimate;

pub mod results;
