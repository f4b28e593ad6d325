use puls_core::definition::{Definition, Mechanism};
use std::ops::RangeInclusive;

/// What a release is held against: a version of a survey, and what browsers may still hold of earlier ones.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The version that the release names.
    pub(super) definition: &'a Definition,
    /// How many people a batch may have been begun for, if that is more than this version's k.
    larger_batch: Option<u32>,
}

impl<'a> Expected<'a> {
    /// A definition that came after `earlier` versions of the same survey.
    pub fn after(definition: &'a Definition, earlier: impl IntoIterator<Item = &'a Definition>) -> Self {
        let sizes = earlier.into_iter().filter_map(|earlier| match earlier.privacy {
            Mechanism::Batched { k } => Some(k),
            _ => None,
        });
        Self { definition, larger_batch: sizes.max() }
    }

    /// How many people a release sums up. A batch is full once as many have answered as the definition says. One that was
    /// begun under an earlier version may have more by then, but no more than that version said.
    pub(super) fn respondents(&self) -> RangeInclusive<u32> {
        match self.definition.privacy {
            Mechanism::Batched { k } => k..=self.larger_batch.map_or(k, |larger| larger.max(k)),
            // Under `sealed` no release is taken at all.
            Mechanism::Randomised { .. } | Mechanism::Direct | Mechanism::Sealed(_) => 1..=1,
        }
    }
}

/// The first version of a survey.
impl<'a> From<&'a Definition> for Expected<'a> {
    fn from(definition: &'a Definition) -> Self {
        Self { definition, larger_batch: None }
    }
}
