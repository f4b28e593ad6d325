//! Everything the page asks of a browser. Each call may be refused, and none of them panics.

pub(crate) mod address;
pub(crate) mod document;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod http;
pub(crate) mod session;
pub(crate) mod text_area;
