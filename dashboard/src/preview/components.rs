//! From the preview's state to markup.

pub mod editor;
pub mod every_screen;
pub mod page;
pub mod pickers;
pub mod screen;
pub mod snippet;
pub mod stage;
pub mod thoughts;
