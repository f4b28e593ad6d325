use super::Definition;

/// The order in which items are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Order {
    /// As they stand.
    #[default]
    Given,
    /// Drawn for each respondent; `fixed` items stay where they are.
    Random,
}

impl Order {
    pub(super) const NAMES: [(&'static str, Self); 2] = [("given", Self::Given), ("random", Self::Random)];
}

impl Definition {
    /// Whether chance decides the order of the items that aren't fixed.
    pub(crate) fn is_order_random(&self) -> bool {
        self.order == Order::Random
    }
}
