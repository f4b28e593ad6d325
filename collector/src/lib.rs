//! The collector: takes releases, adds them up, and serves the widget, the surveys and the results.
//!
//! The collector checks a release against its survey's definition, remembers its id, adds its counts to the totals, and
//! forgets the release. Nothing here keeps or logs a release, an address or a time.
//!
//! The program is a thin shell around [`command`]; tests start the same code in their own process.

pub mod assets;
pub mod clock;
pub mod command;

mod answers;
mod collector;
mod conditional;
mod organisation;
mod origins;
mod problem;
mod routes;
#[cfg(feature = "sealed")]
mod sealed;
mod settler;
mod simulate;
mod store;
mod surveys;
mod token;

pub use origins::{OriginError, Origins};
#[cfg(feature = "sealed")]
pub use sealed::{CredentialsError, SealedError, TasksError};
pub use store::{SqliteError, StoreError};
pub use surveys::{BrokenFile, SurveysError};
pub use token::TokenError;
