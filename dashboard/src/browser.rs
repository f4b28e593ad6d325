//! Everything the page asks of a browser. Each call may be refused, and none of them panics.

pub mod address;
pub mod document;
pub mod form;
pub mod frame;
pub mod http;
pub mod session;
pub mod text_area;
