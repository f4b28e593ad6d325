//! Components that turn the preview's state into markup.

pub(crate) mod editor;
pub(crate) mod every_screen;
pub(crate) mod page;
pub(crate) mod pickers;
pub(crate) mod screen;
pub(crate) mod snippet;
pub(crate) mod stage;
pub(crate) mod thoughts;
