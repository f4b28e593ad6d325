//! From releases to a survey's results.
//!
//! ```text
//! release ─► received ─► holdings ─────► disclosure ───► estimates ───► results, insight
//!  (text)    (checked)   (added up by    (blocks that    (figures       (what the
//!                         a store)        are published)  with ranges)   page shows)
//! ```
//!
//! In come releases as texts, and the sums that a collector has made of them; out go the results that readers see. The
//! modules stand in the order in which data flows through them. Nothing here reads a clock, opens a database or touches
//! a browser: callers pass in today's date and the store's holdings. A release that doesn't fit its survey is refused,
//! with the place of each mistake; a figure of too few people is withheld, with the reason.
//!
//! Beside this way stands [`organisation`]: what an organisation tells besides answers.

pub mod received;

pub mod line;

pub mod versions;

pub mod disclosure;

pub mod estimates;

pub mod results;

pub mod organisation;

pub mod insight;
