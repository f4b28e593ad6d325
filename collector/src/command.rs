//! What the program does, one command a file.

pub mod options;
pub mod sample;
pub mod serve;
#[cfg(feature = "sealed")]
pub mod tasks;
pub mod void;

use crate::store::StoreError;
use crate::surveys::SurveysError;
use crate::token::TokenError;
use puls_core::read::Problems;

/// A command can't do what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The surveys can't be served.
    #[error(transparent)]
    Surveys(#[from] SurveysError),
    /// The database can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Sealed surveys can't be collected.
    #[cfg(feature = "sealed")]
    #[error(transparent)]
    Sealed(#[from] crate::sealed::SealedError),
    /// There is nothing to take out of the totals.
    #[error(transparent)]
    Void(#[from] void::VoidError),
    /// There is no such survey.
    #[cfg(feature = "sealed")]
    #[error("survey {survey:?} is unknown")]
    Unknown {
        /// As asked for.
        survey: String,
    },
    /// There is no results token.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The address is taken or isn't this machine's.
    #[error("can't listen on {address}: {cause}")]
    Listen {
        /// As given.
        address: String,
        /// Why not.
        cause: std::io::Error,
    },
    /// The operating system failed while serving.
    #[error("can't go on serving: {0}")]
    Serve(#[from] std::io::Error),
    /// Made-up answers were refused, by `puls_core` itself.
    #[error("sample data does not fit its survey: {0}")]
    Sample(#[from] Problems),
}
