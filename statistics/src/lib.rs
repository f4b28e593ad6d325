//! Estimates with their ranges: numbers in, numbers out.
//!
//! In come counts, sums, probabilities and covariances; out go figures with the range that they are sure of ([`Interval`]). Nothing here knows
//! of a survey, a format, a clock or a source of randomness. What can't be estimated, such as the mean of nobody, is `None` or an
//! empty list, never a number that isn't one.
//!
//! Each function states its formula and its source. Ranges are at 95 % throughout: the truth is in them in 95 of 100
//! surveys. Reference values in the tests come from other people's programs, or from exact arithmetic; each test says which.
//!
//! The modules stand in the order in which they use one another:
//!
//! | module | of what |
//! | --- | --- |
//! | [`interval`] | a figure and its range |
//! | [`moments`] | mean and variance of numbers that occur so often |
//! | [`proportion`] | a share of so many |
//! | [`scale`] | the mean of answers on a scale, by their sums |
//! | [`correlation`] | two variables that go together |
//! | [`reliability`] | several variables that measure the same |
//! | [`randomised_response`] | shares and means of answers of which chance has replaced some |
//! | [`matrix`] | an inverse's diagonal |
//! | [`mixture`] | the likeliest shares of classes that are seen through a channel |
//! | [`square_wave`] | shares and means of points that were reported near the truth |

pub mod interval;

pub mod moments;

pub mod proportion;

pub mod scale;

pub mod correlation;

pub mod reliability;

pub mod randomised_response;

pub mod matrix;

pub mod mixture;

pub mod square_wave;

pub use interval::Interval;
