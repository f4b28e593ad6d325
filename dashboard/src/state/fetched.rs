//! Something that comes from the collector.

use crate::failure::Failure;
use std::rc::Rc;

/// Content that is on its way, there, or not to be had.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fetched<T> {
    /// Asked for.
    Loading {
        /// What is shown meanwhile.
        earlier: Option<Rc<T>>,
    },
    /// There.
    Ready(Rc<T>),
    /// Not to be had.
    Failed(Failure),
}

impl<T> Fetched<T> {
    /// What can be shown, be it of an earlier fetch.
    pub(crate) fn content(&self) -> Option<&Rc<T>> {
        match self {
            Self::Loading { earlier } => earlier.as_ref(),
            Self::Ready(content) => Some(content),
            Self::Failed(_) => None,
        }
    }

    /// Whether an answer is awaited.
    pub(crate) fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// To be fetched anew; what is there stays in sight.
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
