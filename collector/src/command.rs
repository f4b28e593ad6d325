//! The program's commands, one in each file.

pub mod import;
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

/// Why a command failed.
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
    /// There is nothing that `void` could take out.
    #[error(transparent)]
    Void(#[from] void::VoidError),
    /// A file can't be imported.
    #[error(transparent)]
    Import(#[from] import::ImportError),
    /// The folder has no such survey.
    #[cfg(feature = "sealed")]
    #[error("the folder has no survey {survey:?}")]
    Unknown {
        /// The id that was given.
        survey: String,
    },
    /// The results token can't be used or made.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The address is in use or isn't one of this machine.
    #[error("can't listen on {address}: {cause}")]
    Listen {
        /// The address that was given.
        address: String,
        /// What the operating system answered.
        cause: std::io::Error,
    },
    /// The operating system failed while serving.
    #[error("the server failed: {0}")]
    Serve(#[from] std::io::Error),
    /// A release of sample data was refused, though this program made it.
    #[error("sample data does not fit its survey: {0}")]
    Sample(#[from] Problems),
}
