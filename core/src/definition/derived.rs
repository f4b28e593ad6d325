use super::condition::Scope;
use super::known::{Known, KnownLine};
use super::{Condition, Counted, LineIndex, Measure, Source};
use crate::read::{Json, Node, check_label, note_distinct, read_kind};

/// A measure that follows from several answers and is counted like them. The device works it out, since one person's
/// answers are together nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Names it in releases and results; no item or statement has the same id.
    pub id: String,
    /// What it is.
    pub kind: DerivedKind,
}

/// The kinds of derived measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DerivedKind<When = Condition> {
    /// The mean of scales with the same number of points, from 0 to 100, in as many steps as their sum has. Only
    /// respondents who answered all of them have an index.
    Index {
        /// The lines that it is made of.
        lines: Vec<LineIndex>,
    },
    /// One of [`DerivedKind::CLASSES`], by two indices.
    Class {
        /// The line of the index that says how much energy there is.
        energy: LineIndex,
        /// The line of the index that says how clear things are.
        clarity: LineIndex,
        /// The lowest index that is high, 0 to 100.
        high: u32,
        /// Indices below this are low, 0 to 100.
        low: u32,
    },
    /// Whether a condition holds: no, yes.
    Share {
        /// The condition.
        when: When,
    },
}

/// A derived measure whose condition isn't read yet: it may refer to other derived measures.
pub(super) struct RawDerived<'a> {
    pub(super) id: String,
    pub(super) kind: DerivedKind<()>,
    node: Node<'a>,
}

impl DerivedKind {
    /// The cells of a class. Engaged: both indices are high. Unfocused: energy is high, clarity low. Passive: energy is
    /// low, clarity high. Disengaged: both are low. Undecided: all else.
    pub const CLASSES: [&str; 5] = ["engaged", "unfocused", "passive", "disengaged", "undecided"];
}

impl<When> DerivedKind<When> {
    /// Its measure, and how many cells it has; `cells` says how many another line has.
    pub(super) fn measure(&self, cells: impl Fn(LineIndex) -> Option<usize>) -> (Measure, usize) {
        match self {
            Self::Index { lines } => {
                let points = lines.first().and_then(|line| cells(*line)).unwrap_or(1);
                (Measure::Index, lines.len() * points.saturating_sub(1) + 1)
            }
            Self::Class { .. } => (Measure::Shares, DerivedKind::CLASSES.len()),
            // A condition holds or doesn't, whatever has been answered.
            Self::Share { .. } => (Measure::Shares, 2),
        }
    }
}

/// A kind of derived measure as definitions name it.
struct Kind {
    name: &'static str,
    read: fn(&Node<'_>, &Before<'_>) -> DerivedKind<()>,
}

const INDEX: Kind = Kind { name: "index", read: read_index };

const KINDS: [Kind; 3] =
    [INDEX, Kind { name: "class", read: read_class }, Kind { name: "share", read: read_share }];

/// What is known when derived measures are read.
struct Before<'a> {
    /// The lines of items.
    lines: &'a [KnownLine<'a>],
    /// All derived measures, as JSON: each may name any other.
    members: &'a [(&'a str, Node<'a>)],
}

/// The default bounds: an index is high from the first on, and low below the second.
pub(crate) const HIGH_AND_LOW: (u32, u32) = (75, 50);

/// Reads all derived measures of a survey whose items are known, without the conditions of shares:
/// [`RawDerived::condition`] reads these later.
pub(super) fn read_derived<'a>(node: &'a Node<'_>, known: &Known<'_>) -> Vec<RawDerived<'a>> {
    let mut ids = known.asked();
    let members: Vec<(&str, Node<'a>)> = node.members().iter().collect();
    node.length(members.len(), "entries", 0..=20);
    let before = Before { lines: &known.lines, members: &members };
    let read = |(id, entry): &(&str, Node<'a>)| {
        check_label(entry, id);
        note_distinct(entry, &mut ids, id);
        let kind = read_kind(entry, &KINDS, |kind| kind.name).unwrap_or(&INDEX);
        RawDerived { id: (*id).to_owned(), kind: (kind.read)(entry, &before), node: *entry }
    };
    members.iter().map(read).collect()
}

impl RawDerived<'_> {
    /// Reads its condition, once everything that it may refer to is known.
    pub(super) fn condition(&self, known: &Known<'_>) -> Option<Condition> {
        let scope = Scope { known, before: None, routes: None };
        Condition::of(&self.node, scope)
    }

    /// The derived measure with its condition, if it has one.
    pub(super) fn with(self, when: Option<Condition>) -> Derived {
        let kind = match self.kind {
            DerivedKind::Index { lines } => DerivedKind::Index { lines },
            DerivedKind::Class { energy, clarity, high, low } => {
                DerivedKind::Class { energy, clarity, high, low }
            }
            DerivedKind::Share { .. } => DerivedKind::Share { when: when.unwrap_or_default() },
        };
        Derived { id: self.id, kind }
    }
}

fn read_index(node: &Node<'_>, Before { lines, .. }: &Before<'_>) -> DerivedKind<()> {
    let mut points = None;
    let mut known = Vec::new();
    let mut read = |entry: &Node<'_>| {
        let id = entry.string();
        note_distinct(entry, &mut known, id);
        let scaled = |line: &KnownLine<'_>| line.measure == Measure::Mean;
        let Some(index) = lines.iter().position(|line| line.id == id && scaled(line)) else {
            KnownLine::none_of(lines, &scaled, id, entry);
            return LineIndex::default();
        };
        let cells = lines.get(index).map(|line| line.cells);
        if points.is_some_and(|points| Some(points) != cells) {
            entry.unfit("has another number of points than the first");
        }
        points = points.or(cells);
        LineIndex(index)
    };
    let fields = node.fields(&["kind", "items"]);
    DerivedKind::Index { lines: fields.required("items", |list| list.entries(1..=20, &mut read)) }
}

fn read_share(node: &Node<'_>, _: &Before<'_>) -> DerivedKind<()> {
    DerivedKind::Share { when: node.fields(&["kind", "when"]).required("when", |_| ()) }
}

fn read_class(node: &Node<'_>, Before { lines, members }: &Before<'_>) -> DerivedKind<()> {
    let fields = node.fields(&["kind", "energy", "clarity", "high", "low"]);
    let is_index = |(_, node): &&(&str, Node<'_>)| {
        node.peek("kind").is_some_and(|kind| matches!(kind.value(), Json::String(name) if name == "index"))
    };
    let line = |entry: &Node<'_>| {
        let id = entry.string();
        let found = members.iter().position(|member| member.0 == id && is_index(&member));
        if found.is_none() {
            let indices: Vec<&str> = members.iter().filter(is_index).map(|(name, _)| *name).collect();
            entry.not_one_of(id, &indices);
        }
        LineIndex(lines.len() + found.unwrap_or(0))
    };
    let bound = |name, default| fields.optional(name, default, |node: &Node<'_>| node.integer(0..=100));
    let (high, low) = (bound("high", HIGH_AND_LOW.0), bound("low", HIGH_AND_LOW.1));
    if low > high {
        node.unfit("`low` is above `high`");
    }
    DerivedKind::Class {
        energy: fields.required("energy", line),
        clarity: fields.required("clarity", line),
        high,
        low,
    }
}

impl Counted<'_> {
    /// Which kind of derived measure this line is, if it is one.
    pub fn derived(&self) -> Option<&DerivedKind> {
        match self.source {
            Source::Derived(derived) => Some(&derived.kind),
            _ => None,
        }
    }
}
