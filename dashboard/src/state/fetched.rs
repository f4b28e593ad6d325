//! Content that comes from the collector.

use crate::failure::Failure;
use std::rc::Rc;

/// Content that is loading, has arrived, or couldn't be fetched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fetched<T> {
    /// It is loading.
    Loading {
        /// Earlier content, which is shown meanwhile.
        earlier: Option<Rc<T>>,
    },
    /// It has arrived.
    Ready(Rc<T>),
    /// It couldn't be fetched.
    Failed(Failure),
}

impl<T> Fetched<T> {
    /// The content to show, which may be that of an earlier fetch.
    pub(crate) fn content(&self) -> Option<&Rc<T>> {
        match self {
            Self::Loading { earlier } => earlier.as_ref(),
            Self::Ready(content) => Some(content),
            Self::Failed(_) => None,
        }
    }

    /// Whether it is loading.
    pub(crate) fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Loads the content anew; the present content stays on screen.
    pub(crate) fn again(self) -> Self {
        Self::Loading { earlier: self.content().cloned() }
    }
}

impl<T> Default for Fetched<T> {
    fn default() -> Self {
        Self::Loading { earlier: None }
    }
}

impl<T> From<Result<T, Failure>> for Fetched<T> {
    fn from(result: Result<T, Failure>) -> Self {
        match result {
            Ok(content) => Self::Ready(Rc::new(content)),
            Err(failure) => Self::Failed(failure),
        }
    }
}
