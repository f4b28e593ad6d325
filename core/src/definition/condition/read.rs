use super::{Condition, Mood};
use crate::definition::known::{Known, KnownLine, Origin};
use crate::definition::{DerivedKind, LineIndex, LineRange, Measure, Route};
use crate::read::{Fault, Node, read_name};
use crate::segment::Segment;
use std::ops::Range;

/// How deep conditions may be nested.
const MAX_DEPTH: u32 = 5;

/// The forms of condition, each by the field that only it has. The number that a form's reader gets is how much deeper
/// it may nest.
const FORMS: [(&str, Form); 8] = [
    ("item", |reader, node, _| reader.item(node)),
    ("derived", |reader, node, _| reader.derived(node)),
    ("segment", |reader, node, _| reader.segment(node)),
    ("mood", |_, node, _| read_mood(node)),
    ("route", |reader, node, _| reader.route(node)),
    ("all", |reader, node, depth| Condition::All(reader.list("all", node, depth))),
    ("any", |reader, node, depth| Condition::Any(reader.list("any", node, depth))),
    ("not", |reader, node, depth| {
        Condition::Not(Box::new(reader.inner("not", node, depth, |part, read| read(part))))
    }),
];

type Form = fn(&Reader<'_>, &Node<'_>, u32) -> Condition;

/// What a condition may refer to.
#[derive(Clone, Copy)]
pub(in crate::definition) struct Scope<'a> {
    pub(in crate::definition) known: &'a Known<'a>,
    /// The index of an item: everything that the condition refers to has to be asked before it. `None` sets no limit.
    pub(in crate::definition) before: Option<usize>,
    /// The ways out, where it is already known which of them were taken.
    pub(in crate::definition) routes: Option<&'a [Route]>,
}

impl Condition {
    /// Reads the condition that an object has in its field `when`; `None` without that field.
    pub(in crate::definition) fn of(node: &Node<'_>, scope: Scope<'_>) -> Option<Self> {
        node.peek("when").map(|when| Self::read(&when, scope))
    }

    /// Reads a condition and resolves its ids.
    pub(in crate::definition) fn read(node: &Node<'_>, scope: Scope<'_>) -> Self {
        Reader { scope, lines: &scope.known.lines }.condition(node, MAX_DEPTH)
    }
}

struct Reader<'a> {
    scope: Scope<'a>,
    lines: &'a [KnownLine<'a>],
}

impl Reader<'_> {
    fn condition(&self, node: &Node<'_>, depth: u32) -> Condition {
        let form = node.members().exactly_one(node, &FORMS.map(|(name, _)| name));
        let read = FORMS.iter().find(|(name, _)| form == Some(*name));
        read.map_or_else(Condition::default, |(_, read)| read(self, node, depth))
    }

    /// Reads the field `name`, which contains conditions, by `read`. Logs one that is nested too deep, and returns the
    /// default.
    fn inner<T: Default>(
        &self,
        name: &'static str,
        node: &Node<'_>,
        depth: u32,
        read: impl FnOnce(&Node<'_>, &dyn Fn(&Node<'_>) -> Condition) -> T,
    ) -> T {
        let Some(depth) = depth.checked_sub(1) else {
            node.unfit("conditions may be nested 5 deep");
            return T::default();
        };
        node.fields(&[name]).required(name, |inner| read(inner, &|part| self.condition(part, depth)))
    }

    fn list(&self, name: &'static str, node: &Node<'_>, depth: u32) -> Vec<Condition> {
        self.inner(name, node, depth, |list, read| list.entries(1..=20, read))
    }

    fn item(&self, node: &Node<'_>) -> Condition {
        let fields = node.members();
        let id = fields.required("item", |item| item.string().to_owned());
        // A matrix has no line of its own: a condition can only say whether all of it was answered.
        let matrix = self.scope.known.items.iter().find(|item| item.id == id && item.lines.len() > 1);
        let line = self.lines.iter().position(|line| line.id == id && line.is_answered());
        let lines = match (matrix, line) {
            (Some(item), _) => item.lines.clone(),
            (None, Some(line)) => LineIndex(line).into(),
            (None, None) => {
                let is_asked = |line: &KnownLine<'_>| line.is_answered() && !self.is_late(line);
                KnownLine::none_of(self.lines, &is_asked, &id, node);
                return Condition::default();
            }
        };
        self.check_order(node, &id, lines.clone());
        let first = lines.clone().next().and_then(|line| Some((line, line.of(self.lines)?)));
        let Some((line, counted)) = first else { return Condition::default() };
        let comparisons: &[&str] = match counted.measure {
            _ if matrix.is_some() => &["answered"],
            Measure::Shares | Measure::Several => &["is", "is_not", "includes", "answered"],
            _ => &["is", "is_not", "at_least", "at_most", "answered"],
        };
        node.fields(&[&["item"], comparisons].concat());
        let Some(comparison) = fields.exactly_one(node, comparisons) else { return Condition::default() };
        let value = |value: &Node<'_>| self.compared(value, line, counted, comparison, lines.clone());
        fields.required(comparison, value)
    }

    /// The condition that compares a line with the value in `node`; `lines` are that line, or all of its matrix.
    fn compared(
        &self,
        node: &Node<'_>,
        line: LineIndex,
        counted: &KnownLine<'_>,
        comparison: &str,
        lines: LineRange,
    ) -> Condition {
        let within = |cells| Condition::Within { line, cells };
        let answered = Condition::Answered { lines };
        if comparison == "answered" {
            return if node.boolean() { answered } else { Condition::Not(Box::new(answered)) };
        }
        // A cell out of range is logged already; `min` only prevents an overflow below.
        let cell = read_cell(node, counted).min(counted.cells);
        match comparison {
            "at_least" => within(cell..counted.cells),
            "at_most" => within(0..cell + 1),
            "is_not" => Condition::All(vec![answered, Condition::Not(Box::new(within(cell..cell + 1)))]),
            _ => within(cell..cell + 1),
        }
    }

    fn derived(&self, node: &Node<'_>) -> Condition {
        let fields = node.members();
        let id = fields.required("derived", |derived| derived.string().to_owned());
        let named = |line: &KnownLine<'_>| {
            matches!(line.origin, Origin::Derived(DerivedKind::Index { .. } | DerivedKind::Class { .. }))
        };
        let mut lines = self.lines.iter().enumerate();
        let Some((index, counted)) = lines.find(|(_, line)| line.id == id && named(line)) else {
            KnownLine::none_of(self.lines, &named, &id, node);
            return Condition::default();
        };
        let line = LineIndex(index);
        self.check_order(node, &id, line.into());
        let cells = match counted.measure {
            Measure::Index => self.index_cells(node, counted.cells),
            _ => {
                let class = |class: &Node<'_>| class.one_of(&DerivedKind::CLASSES);
                let class = node.fields(&["derived", "is"]).required("is", class);
                class..class + 1
            }
        };
        Condition::Within { line, cells }
    }

    /// The cells of an index that are at least, or at most, a number from 0 to 100.
    fn index_cells(&self, node: &Node<'_>, cells: usize) -> Range<usize> {
        let comparisons = ["at_least", "at_most"];
        let fields = node.fields(&["derived", "at_least", "at_most"]);
        let Some(comparison) = fields.exactly_one(node, &comparisons) else { return 0..0 };
        let number = |node: &Node<'_>| node.integer(0..=100).min(100) as usize;
        let steps = cells.saturating_sub(1);
        match comparison {
            "at_least" => (fields.required("at_least", number) * steps).div_ceil(100)..cells,
            _ => 0..fields.required("at_most", number) * steps / 100 + 1,
        }
    }

    fn segment(&self, node: &Node<'_>) -> Condition {
        let fields = node.fields(&["segment", "is"]);
        let name = fields.required("segment", |name| name.string().to_owned());
        let value = fields.required("is", |value| value.string().to_owned());
        // The same check that a page's own segment has to pass.
        if let Err(fault) = Segment::new(self.scope.known.segments, [(name.as_str(), value.as_str())]) {
            node.fault(fault);
        }
        Condition::Segment { name, value }
    }

    fn route(&self, node: &Node<'_>) -> Condition {
        let Some(routes) = self.scope.routes else {
            node.unfit("only `thanks` can depend on a way out that was taken");
            return Condition::default();
        };
        let names: Vec<&str> = routes.iter().map(|route| route.name.as_str()).collect();
        Condition::Route(node.fields(&["route"]).required("route", |route| route.one_of(&names)))
    }

    fn check_order(&self, node: &Node<'_>, id: &str, lines: LineRange) {
        if lines.filter_map(|line| line.of(self.lines)).any(|line| self.is_late(line)) {
            node.fault(Fault::AskedLater { found: id.to_owned() });
        }
    }

    /// Whether the condition may be evaluated before everything that a line needs has been asked.
    fn is_late(&self, line: &KnownLine<'_>) -> bool {
        self.scope.before.is_some_and(|before| !self.scope.known.is_asked_before(line, before))
    }
}

fn read_mood(node: &Node<'_>) -> Condition {
    let mood = |mood: &Node<'_>| read_name(mood, &Mood::NAMES);
    Condition::Mood(node.fields(&["mood"]).required("mood", mood))
}

/// Reads the number shown on a cell, or an option's id, as the cell's index.
fn read_cell(node: &Node<'_>, line: &KnownLine<'_>) -> usize {
    if let Origin::Answers { kind, .. } = line.origin
        && !kind.answers().is_empty()
    {
        return node.one_of(&kind.answers().iter().map(|option| option.id.as_str()).collect::<Vec<_>>());
    }
    let (first, last) = (line.measure.first(), u32::try_from(line.cells).unwrap_or(u32::MAX));
    let number = node.integer(first..=(first + last).saturating_sub(1));
    number.saturating_sub(first) as usize
}
