use crate::read::{Decimal, Node, read_name};
use std::fmt;
use std::ops::RangeInclusive;

/// How answers are protected on their way out of the page; a release states it in the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(tag = "kind", rename_all = "snake_case")
)]
pub enum Mechanism {
    /// Each answer is randomised before it leaves memory: ε-local differential privacy.
    Randomised {
        /// ε of a whole release, split evenly over its items: 0.01 to 8, with at most three decimals.
        #[cfg_attr(
            feature = "schema",
            schemars(with = "f64", default = "epsilon", range(min = 0.01, max = 8.0))
        )]
        epsilon: Decimal,
    },
    /// Counts are released once `k` people have answered on this device, which several people share.
    #[cfg_attr(feature = "schema", schemars(transform = require_shared_device))]
    Batched {
        /// How many respondents make a batch: 3 to 1000.
        #[cfg_attr(feature = "schema", schemars(default = "k", range(min = 3, max = 1000)))]
        k: u32,
    },
}

/// The mechanisms by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MechanismKind {
    /// [`Mechanism::Randomised`].
    #[default]
    Randomised,
    /// [`Mechanism::Batched`].
    Batched,
}

impl MechanismKind {
    const NAMES: [(&'static str, Self); 2] = [("randomised", Self::Randomised), ("batched", Self::Batched)];
}

impl Mechanism {
    const EPSILON: RangeInclusive<Decimal> = Decimal::thousandths(10)..=Decimal::thousandths(8000);
    const K: RangeInclusive<u32> = 3..=1000;
    const DEFAULT_EPSILON: Decimal = Decimal::thousandths(2000);
    const DEFAULT_K: u32 = 5;

    /// Which mechanism it is.
    pub fn kind(&self) -> MechanismKind {
        match self {
            Self::Randomised { .. } => MechanismKind::Randomised,
            Self::Batched { .. } => MechanismKind::Batched,
        }
    }

    /// Reads a definition's `privacy`.
    pub(super) fn read(node: &Node<'_>) -> Self {
        let mechanism = Self::read_with(node, &["kind", "k", "device"]);
        if mechanism.kind() == MechanismKind::Batched {
            // On a personal device one person fills the batch; the author has to say that it isn't one.
            node.members().required("device", |device| device.one_of(&["shared"]));
        }
        mechanism
    }

    /// Reads a release's `mechanism`.
    #[cfg(feature = "parse")]
    pub(crate) fn read_stated(node: &Node<'_>) -> Self {
        let mechanism = Self::read_with(node, &["kind", "k"]);
        let strength = match mechanism {
            Self::Randomised { .. } => "epsilon",
            Self::Batched { .. } => "k",
        };
        // A definition may leave it out, a release may not.
        node.members().required(strength, |_| ());
        mechanism
    }

    fn read_with(node: &Node<'_>, batched: &[&str]) -> Self {
        match node.members().required("kind", |kind| read_name(kind, &MechanismKind::NAMES)) {
            MechanismKind::Randomised => {
                let fields = node.fields(&["kind", "epsilon"]);
                let epsilon = |node: &Node<'_>| node.decimal(Self::EPSILON);
                Self::Randomised { epsilon: fields.optional("epsilon", Self::DEFAULT_EPSILON, epsilon) }
            }
            MechanismKind::Batched => {
                let k = |node: &Node<'_>| node.integer(Self::K);
                Self::Batched { k: node.fields(batched).optional("k", Self::DEFAULT_K, k) }
            }
        }
    }
}

impl Default for Mechanism {
    fn default() -> Self {
        Self::Randomised { epsilon: Self::DEFAULT_EPSILON }
    }
}

/// As JSON, the way a release states it: `{"kind":"batched","k":5}`.
impl fmt::Display for Mechanism {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Randomised { epsilon } => {
                write!(formatter, r#"{{"kind":"randomised","epsilon":{epsilon}}}"#)
            }
            Self::Batched { k } => write!(formatter, r#"{{"kind":"batched","k":{k}}}"#),
        }
    }
}

#[cfg(feature = "schema")]
fn require_shared_device(schema: &mut schemars::Schema) {
    if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        properties.insert("device".into(), serde_json::json!({ "const": "shared" }));
    }
    if let Some(required) = schema.get_mut("required").and_then(|required| required.as_array_mut()) {
        required.push("device".into());
    }
}

#[cfg(feature = "schema")]
fn epsilon() -> f64 {
    Mechanism::DEFAULT_EPSILON.value()
}

#[cfg(feature = "schema")]
fn k() -> u32 {
    Mechanism::DEFAULT_K
}
