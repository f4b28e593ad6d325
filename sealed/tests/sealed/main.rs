//! Reports as both aggregators see them.
#![allow(missing_docs)]

mod messages;
mod rejected;
mod sums;
mod support;
mod vectors;
