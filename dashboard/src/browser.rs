//! All calls into the browser. Each may be refused, and none panics.

pub(crate) mod address;
pub(crate) mod document;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod http;
pub(crate) mod session;
pub(crate) mod text_area;
