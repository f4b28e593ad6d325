//! What the tests of received releases share: all that tests of `puls-core` do, and what a collector makes of a release.

#![allow(dead_code, reason = "the measurements beside the tests use some of it, too")]

#[path = "../../../../core/tests/core/support/mod.rs"]
mod answers;

pub(crate) mod coverage;
pub(crate) mod noise;

pub(crate) use answers::*;

use puls_analysis::disclosure::{Detail, Ledger, LineTotals};
use puls_analysis::received::Received;
use puls_core::definition::Definition;
use puls_core::privacy::Prepared;
use puls_core::segment::Segment;
use std::collections::BTreeMap;

/// What was released, received.
pub(crate) fn released(definition: &Definition, prepared: &Prepared) -> Received {
    let text = text(prepared);
    Received::parse(text, |_, _| Some(definition)).unwrap_or_else(|problems| panic!("{problems} in {text}"))
}

/// What a ledger publishes in a detail of all groups that fit.
pub(crate) fn published(
    ledger: &Ledger<LineTotals>,
    detail: Detail,
    fits: impl Fn(&Segment) -> bool,
) -> Option<LineTotals> {
    let mut sums = BTreeMap::new();
    ledger.add_published(&mut sums, true, |of| if fits(of) { vec![()] } else { Vec::new() });
    sums.remove(&())?.remove(&detail)
}
