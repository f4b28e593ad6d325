use puls_core::definition::{Definition, Mechanism};
use std::ops::RangeInclusive;

/// What a release is checked against: a version of a survey, and what browsers may still keep of earlier versions.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The version that the release names.
    pub(super) definition: &'a Definition,
    /// The largest batch of an earlier version, as browsers may still hold one. It matters only if it is larger than
    /// this version's k.
    larger_batch: Option<u32>,
}

impl<'a> Expected<'a> {
    /// A version, `definition`, that came after the `earlier` versions of the same survey.
    pub fn after(definition: &'a Definition, earlier: impl IntoIterator<Item = &'a Definition>) -> Self {
        let sizes = earlier.into_iter().filter_map(|earlier| match earlier.privacy {
            Mechanism::Batched { k } => Some(k),
            _ => None,
        });
        Self { definition, larger_batch: sizes.max() }
    }

    /// How many people a release may sum up. A batch is full as soon as the current definition's k have answered. A
    /// batch that was begun under an earlier version may have passed that number already, but it never has more than
    /// the earlier version's k.
    pub(super) fn respondents(&self) -> RangeInclusive<u32> {
        match self.definition.privacy {
            Mechanism::Batched { k } => k..=self.larger_batch.map_or(k, |larger| larger.max(k)),
            // A sealed survey posts no releases, so its value doesn't matter.
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
