//! Estimates with their ranges: numbers in, numbers out.
//!
//! In come counts, sums, probabilities and covariances; out go figures, each with its range ([`Interval`]). Nothing
//! here knows of a survey, a format or a clock. The caller passes a generator to functions that take randomness. A function
//! that has nothing to estimate from, such as no answers for a mean, returns `None` or an empty list, never NaN.
//!
//! Each function states its formula and its source. All ranges are at 95 %: in 95 of 100 surveys they hold the truth.
//! The tests' reference values come from other people's programs or from exact arithmetic; each test says which.
//!
//! The modules stand in the order in which they use one another:
//!
//! | module | what it computes |
//! | --- | --- |
//! | [`interval`] | a figure and its range |
//! | [`difference`] | how much one figure exceeds another |
//! | [`several`] | p values of tests that are looked at together |
//! | [`moments`] | mean and variance of a distribution that is given by its counts |
//! | [`proportion`] | a share of respondents |
//! | [`scale`] | the mean of answers on a scale, from their sums |
//! | [`correlation`] | how strongly two variables are correlated |
//! | [`reliability`] | how consistently several variables measure the same thing |
//! | [`randomised_response`] | shares and means of answers that chance has replaced in part |
//! | [`matrix`] | the diagonal of an inverse matrix, and the root of a covariance matrix |
//! | [`mixture`] | the likeliest shares of classes that are observed through a noisy channel |
//! | [`square_wave`] | shares and means of a long scale's points, each reported near the true one |
//! | [`shrinkage`] | units' figures, drawn towards the whole, and which units are the lowest |
//! | [`trend`] | in which waves a figure changes beyond chance |
//! | [`bootstrap`] | a figure's range, by drawing what the figure might have been |
//! | [`dominance`] | how much of an outcome each driver explains |
//! | [`across`] | the same across units, corrected for the errors of their figures |
//! | [`rank`] | whether two figures of units rise together |
//! | [`percentile`] | the place of a figure among others |

pub mod interval;

pub mod difference;

pub mod several;

pub mod moments;

pub mod proportion;

pub mod scale;

pub mod correlation;

pub mod reliability;

pub mod randomised_response;

pub mod matrix;

pub mod mixture;

pub mod square_wave;

pub mod shrinkage;

pub mod trend;

pub mod bootstrap;

pub mod dominance;

pub mod across;

pub mod rank;

pub mod percentile;

pub use interval::Interval;
