//! Types for what only the full build has. In the plain build they have no values, so the compiler leaves out all code
//! that would use one. Native builds are full.

#[cfg(any(feature = "full", not(target_arch = "wasm32")))]
mod here;
#[cfg(not(any(feature = "full", not(target_arch = "wasm32"))))]
mod nowhere;

#[cfg(any(feature = "full", not(target_arch = "wasm32")))]
pub(crate) use here::{Full, SealedReports};
#[cfg(not(any(feature = "full", not(target_arch = "wasm32"))))]
pub(crate) use nowhere::{Full, SealedReports};
