//! What there is in the full build alone, as types that have no value in the plain one: so the compiler leaves out
//! there what would be done with it. Natively everything is there.

#[cfg(any(feature = "full", not(target_arch = "wasm32")))]
mod here;
#[cfg(not(any(feature = "full", not(target_arch = "wasm32"))))]
mod nowhere;

#[cfg(any(feature = "full", not(target_arch = "wasm32")))]
pub(crate) use here::{Full, SealedReports};
#[cfg(not(any(feature = "full", not(target_arch = "wasm32"))))]
pub(crate) use nowhere::{Full, SealedReports};
