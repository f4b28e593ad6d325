use crate::chance::shuffle;
use crate::definition::Definition;
use rand_core::TryRng;
use std::convert::Infallible;

/// What chance decides for one respondent before the first question: which items are asked, in which order, and in
/// which order each item shows its options. It says nothing about the respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    items: Vec<usize>,
    /// For each item the order of its options; empty where they keep the given order.
    options: Vec<Vec<usize>>,
}

impl Plan {
    /// Draws a plan.
    ///
    /// # Errors
    /// Whatever `rng` fails with.
    pub fn draw<R: TryRng>(definition: &Definition, rng: &mut R) -> Result<Self, R::Error> {
        Self::with(definition, |list| shuffle(list, rng))
    }

    /// The plan without chance: the given order, and the first items where the survey samples.
    pub fn given(definition: &Definition) -> Self {
        let Ok(plan) = Self::with(definition, |_| Ok::<(), Infallible>(()));
        plan
    }

    /// The items to ask, as indices into the definition's. A condition or a jump may still pass some over.
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// The cells of an item in the order in which they are shown.
    pub fn cells(&self, definition: &Definition, item: usize) -> Vec<usize> {
        let count = definition.items.get(item).map_or(0, |item| item.kind.cells());
        let shuffled = self.options.get(item).map_or(&[][..], Vec::as_slice);
        shuffled.iter().copied().chain(shuffled.len()..count).collect()
    }

    fn with<E>(
        definition: &Definition,
        mut shuffle: impl FnMut(&mut [usize]) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut items: Vec<usize> = (0..definition.items.len()).collect();
        let mut loose = items.clone();
        loose.retain(|item| !is_fixed(definition, *item));
        if definition.is_order_random() || definition.sample.is_some() {
            shuffle(&mut loose)?;
        }
        // Item sampling: after the shuffle, the first items are a uniform draw.
        loose.truncate(definition.sample.map_or(loose.len(), |sample| sample as usize));
        items.retain(|item| is_fixed(definition, *item) || loose.contains(item));
        if definition.is_order_random() {
            // The drawn items take one another's places, in the order drawn.
            let places = items.iter_mut().filter(|item| !is_fixed(definition, **item));
            places.zip(&loose).for_each(|(place, item)| *place = *item);
        }
        let mut options = Vec::new();
        for item in &definition.items {
            let mut cells: Vec<usize> = (0..item.kind.shuffled()).collect();
            shuffle(&mut cells)?;
            options.push(cells);
        }
        Ok(Self { items, options })
    }
}

fn is_fixed(definition: &Definition, item: usize) -> bool {
    definition.items.get(item).is_some_and(|item| item.fixed)
}
