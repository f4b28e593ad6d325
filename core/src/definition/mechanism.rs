use super::known::Known;
use super::sealed::RawSealed;
use super::{Joint, Sealed};
use crate::FULL;
use crate::read::{Decimal, Node, read_name};
use std::fmt;
use std::ops::RangeInclusive;

/// How answers are protected on their way out of the page. A release states it in the same words as a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        /// The ε that one browser may spend over all waves and versions; then it sends nothing more. Up to 100; four
        /// times `epsilon` when left out.
        #[cfg_attr(
            feature = "schema",
            schemars(rename = "lifetime_epsilon", with = "Option<f64>", range(min = 0.01, max = 100.0))
        )]
        lifetime: Decimal,
    },
    /// Counts are released once `k` people have answered on this device, which several people share.
    #[cfg_attr(feature = "schema", schemars(transform = require_shared_device))]
    Batched {
        /// How many respondents make a batch: 3 to 1000.
        #[cfg_attr(feature = "schema", schemars(default = "k", range(min = 3, max = 1000)))]
        k: u32,
    },
    /// Each line's count is posted by itself, at a time and under an id that tie it to nothing else. The
    /// endpoint is trusted to add it up and keep nothing.
    #[cfg_attr(feature = "schema", schemars(transform = require_trust))]
    Direct,
    /// Each answer is split between two aggregators, of which neither can read it without the other.
    Sealed(Sealed),
}

/// A mechanism. The tasks of a sealed one aren't read yet, since they refer to what is counted.
pub(super) enum RawMechanism<'a> {
    Whole(Mechanism),
    Sealed(RawSealed<'a>),
}

/// The mechanisms by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MechanismKind {
    /// [`Mechanism::Randomised`].
    #[default]
    Randomised,
    /// [`Mechanism::Batched`].
    Batched,
    /// [`Mechanism::Direct`].
    Direct,
    /// [`Mechanism::Sealed`].
    Sealed,
}

impl MechanismKind {
    /// The mechanisms that this build reads.
    const NAMES: &'static [(&'static str, Self)] = if FULL {
        &[
            ("randomised", Self::Randomised),
            ("batched", Self::Batched),
            ("direct", Self::Direct),
            ("sealed", Self::Sealed),
        ]
    } else {
        &[("randomised", Self::Randomised)]
    };
}

impl Mechanism {
    const EPSILON: RangeInclusive<Decimal> = Decimal::thousandths(10)..=Decimal::thousandths(8000);
    const MOST_LIFETIME: Decimal = Decimal::thousandths(100_000);
    const K: RangeInclusive<u32> = 3..=1000;
    const DEFAULT_EPSILON: Decimal = Decimal::thousandths(2000);
    const DEFAULT_K: u32 = 5;

    /// Which mechanism it is.
    pub fn kind(&self) -> MechanismKind {
        match self {
            Self::Randomised { .. } => MechanismKind::Randomised,
            Self::Batched { .. } => MechanismKind::Batched,
            Self::Direct => MechanismKind::Direct,
            Self::Sealed(_) => MechanismKind::Sealed,
        }
    }

    /// Reads a release's `mechanism`: its kind and its strength, and no other field. Logs what doesn't fit.
    #[cfg(feature = "outside-the-widget")]
    pub fn read_stated(node: &Node<'_>) -> Self {
        // A definition may leave the strength out; a release may not.
        let required = |strength| node.members().required(strength, |_| ());
        match read_kind(node) {
            MechanismKind::Randomised => {
                required("epsilon");
                Self::read_randomised(node, &["kind", "epsilon"])
            }
            MechanismKind::Batched => {
                required("k");
                Self::read_batched(node, &["kind", "k"])
            }
            MechanismKind::Direct => {
                node.fields(&["kind"]);
                Self::Direct
            }
            MechanismKind::Sealed => {
                node.unfit("is for reports to the aggregators, which aren't posted here");
                Self::default()
            }
        }
    }

    fn read_randomised(node: &Node<'_>, allowed: &[&str]) -> Self {
        let fields = node.fields(allowed);
        let epsilon = fields.optional("epsilon", Self::DEFAULT_EPSILON, |node| node.decimal(Self::EPSILON));
        let lifetime = |node: &Node<'_>| node.decimal(epsilon..=Self::MOST_LIFETIME);
        Self::Randomised {
            epsilon,
            lifetime: fields.optional("lifetime_epsilon", Self::usual_lifetime(epsilon), lifetime),
        }
    }

    /// Four releases' worth: a year of quarters.
    fn usual_lifetime(epsilon: Decimal) -> Decimal {
        epsilon + epsilon + epsilon + epsilon
    }

    fn read_batched(node: &Node<'_>, allowed: &[&str]) -> Self {
        let k = |node: &Node<'_>| node.integer(Self::K);
        Self::Batched { k: node.fields(allowed).optional("k", Self::DEFAULT_K, k) }
    }
}

impl<'a> RawMechanism<'a> {
    /// Reads a definition's `privacy`. Authors have to state what a promise rests on: a shared device, or trust in the
    /// endpoint.
    pub(super) fn read(node: &Node<'a>) -> Self {
        Self::Whole(match read_kind(node) {
            MechanismKind::Batched => {
                // On a personal device one person would fill the batch, so the author has to say that it is shared.
                node.members().required("device", |device| device.one_of(&["shared"]));
                Mechanism::read_batched(node, &["kind", "k", "device"])
            }
            MechanismKind::Direct if FULL => {
                node.fields(&["kind", "trust"]).required("trust", |trust| trust.one_of(&["endpoint"]));
                Mechanism::Direct
            }
            MechanismKind::Sealed if FULL => return Self::Sealed(RawSealed::read(node)),
            _ => Mechanism::read_randomised(node, &["kind", "epsilon", "lifetime_epsilon"]),
        })
    }

    /// Which mechanism it is.
    pub(super) fn kind(&self) -> MechanismKind {
        match self {
            Self::Whole(mechanism) => mechanism.kind(),
            Self::Sealed(_) => MechanismKind::Sealed,
        }
    }

    /// The mechanism with its tasks.
    pub(super) fn resolve(self, known: &Known<'_>, joint: &Joint) -> Mechanism {
        match self {
            Self::Whole(mechanism) => mechanism,
            Self::Sealed(sealed) => Mechanism::Sealed(sealed.resolve(known, joint)),
        }
    }

    /// The mechanism in the plain build, which reads no tasks.
    pub(super) fn plain(self) -> Mechanism {
        match self {
            Self::Whole(mechanism) => mechanism,
            Self::Sealed(sealed) => Mechanism::Sealed(sealed.with(Vec::new())),
        }
    }
}

impl Default for RawMechanism<'_> {
    fn default() -> Self {
        Self::Whole(Mechanism::default())
    }
}

fn read_kind(node: &Node<'_>) -> MechanismKind {
    node.members().required("kind", |kind| read_name(kind, MechanismKind::NAMES))
}

impl Default for Mechanism {
    fn default() -> Self {
        let epsilon = Self::DEFAULT_EPSILON;
        Self::Randomised { epsilon, lifetime: Self::usual_lifetime(epsilon) }
    }
}

/// As JSON, the way a release states it: `{"kind":"batched","k":5}`.
impl fmt::Display for Mechanism {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Randomised { epsilon, .. } => {
                write!(formatter, r#"{{"kind":"randomised","epsilon":{epsilon}}}"#)
            }
            Self::Batched { k } => write!(formatter, r#"{{"kind":"batched","k":{k}}}"#),
            Self::Direct => formatter.write_str(r#"{"kind":"direct"}"#),
            Self::Sealed(_) => formatter.write_str(r#"{"kind":"sealed"}"#),
        }
    }
}

#[cfg(feature = "schema")]
fn require_shared_device(schema: &mut schemars::Schema) {
    require(schema, "device", "shared");
}

#[cfg(feature = "schema")]
fn require_trust(schema: &mut schemars::Schema) {
    require(schema, "trust", "endpoint");
}

/// Requires a field with this value.
#[cfg(feature = "schema")]
fn require(schema: &mut schemars::Schema, field: &str, value: &str) {
    let properties = schema.ensure_object().entry("properties").or_insert_with(|| serde_json::json!({}));
    if let Some(properties) = properties.as_object_mut() {
        properties.insert(field.into(), serde_json::json!({ "const": value }));
    }
    if let Some(required) = schema.get_mut("required").and_then(|required| required.as_array_mut()) {
        required.push(field.into());
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
