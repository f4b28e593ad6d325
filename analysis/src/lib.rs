//! What a survey's releases come to.
//!
//! ```text
//! release ─► received ─► holdings ─────► disclosure ───► estimates ───► results
//!  (text)    (checked)   (added up by    (blocks that    (figures       (what a
//!                         a store)        may be told)    with ranges)   screen shows)
//! ```
//!
//! In come releases as texts, and the sums that a collector has made of them; out go the results that readers see. The modules stand
//! in the order in which data flows through them. Nothing here reads a clock, opens a database or touches a browser: callers
//! pass in what day it is and what is held. A release that doesn't fit its survey is refused with the place of each mistake;
//! what is of too few people is withheld with the reason.

pub mod received;

pub mod line;

pub mod versions;

pub mod disclosure;

pub mod estimates;

pub mod results;
