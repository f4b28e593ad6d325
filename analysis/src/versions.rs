//! When counts of two versions of a survey may be added up.
//!
//! In come two definitions of a survey; out go the lines that they share ([`Shared`]), and what the new one would count
//! differently ([`changes`]). A collector refuses a definition that counts anything differently under the same version.

use crate::line::Noise;
use puls_core::definition::{
    Condition, Counted, Definition, DerivedKind, Item, LineIndex, LineRange, MechanismKind, Source,
};

/// What two versions of a survey have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// The ids of the lines whose counts can be added up, because their answers and their noise are the same in both
    /// versions.
    pub lines: Vec<String>,
    /// Whether the sums of joint lines' products can be added up, because the joint lines are the same.
    pub joint: bool,
}

impl Shared {
    /// What `other`, another version of a survey, has in common with `definition`.
    ///
    /// ```
    /// use puls_analysis::versions::Shared;
    /// use puls_core::definition::Definition;
    ///
    /// let version = |version: u32, points: u32| {
    ///     Definition::parse(&format!(
    ///         r#"{{"id": "s", "version": {version}, "audience": "customer", "languages": ["en"], "title": "S",
    ///             "privacy": {{"kind": "batched", "device": "shared"}},
    ///             "items": [{{"id": "nps", "kind": "net_promoter", "text": "?"}},
    ///                       {{"id": "ease", "kind": "rating", "text": "?", "scale": {{"points": {points}}}}}]}}"#
    ///     ))
    /// };
    /// assert_eq!(Shared::of(&version(2, 7)?, &version(1, 5)?).lines, ["nps"]);
    /// # Ok::<(), puls_core::read::Problems>(())
    /// ```
    pub fn of(definition: &Definition, other: &Definition) -> Self {
        let (lines, others) = (definition.counted(), other.counted());
        let is_shared = |line: &Line<'_>| {
            Line::all(other, &others).any(|old| line.has_answers_of(&old) && line.has_noise_of(&old))
        };
        let shared = Line::all(definition, &lines).filter(is_shared).map(|line| line.id().to_owned());
        let lines: Vec<String> = shared.collect();
        let has_all = definition.joint_ids().iter().all(|id| lines.iter().any(|line| line == id));
        Self { joint: definition.joint_ids() == other.joint_ids() && has_all, lines }
    }
}

/// A line of a version of a survey.
#[derive(Clone, Copy)]
struct Line<'a> {
    definition: &'a Definition,
    lines: &'a [Counted<'a>],
    counted: &'a Counted<'a>,
}

impl<'a> Line<'a> {
    /// All lines of a version.
    fn all(definition: &'a Definition, lines: &'a [Counted<'a>]) -> impl Iterator<Item = Self> + Clone {
        lines.iter().map(move |counted| Self { definition, lines, counted })
    }

    /// The id that releases name it by.
    fn id(&self) -> &'a str {
        self.counted.id
    }

    /// Whether this line's cells stand for the same answers as another one's.
    fn has_answers_of(&self, other: &Self) -> bool {
        self.counted.id == other.counted.id
            && self.counted.measure == other.counted.measure
            && self.counted.cells == other.counted.cells
            && match (self.counted.source, other.counted.source) {
                (Source::Derived(one), Source::Derived(two)) => self.follows_as(&one.kind, other, &two.kind),
                (Source::Item(one), Source::Item(two)) => options(one).eq(options(two)),
                (Source::Statement(..), Source::Statement(..)) => true,
                _ => false,
            }
    }

    /// Whether both lines' answers get the same noise on their way into a release.
    fn has_noise_of(&self, other: &Self) -> bool {
        Noise::of(self.definition, self.counted) == Noise::of(other.definition, other.counted)
    }

    /// Whether two derived measures follow from the same answers in the same way.
    fn follows_as(&self, kind: &DerivedKind, other: &Self, others: &DerivedKind) -> bool {
        let same = |one: &LineIndex, two: &LineIndex| self.same_line(*one, other, *two);
        match (kind, others) {
            (DerivedKind::Index { lines: one }, DerivedKind::Index { lines: two }) => {
                // An index is a sum, so the order of its parts doesn't matter.
                one.len() == two.len() && one.iter().all(|line| two.iter().any(|of_two| same(line, of_two)))
            }
            (
                DerivedKind::Class { energy, clarity, high, low },
                DerivedKind::Class { energy: energy2, clarity: clarity2, high: high2, low: low2 },
            ) => same(energy, energy2) && same(clarity, clarity2) && (high, low) == (high2, low2),
            (DerivedKind::Share { when: one }, DerivedKind::Share { when: two }) => {
                self.same_condition(one, other, two)
            }
            _ => false,
        }
    }

    /// Whether two lines that measures refer to have the same answers and count in the same direction.
    fn same_line(&self, line: LineIndex, other: &Self, others: LineIndex) -> bool {
        match (self.at(line), other.at(others)) {
            (Some(one), Some(two)) => {
                one.has_answers_of(&two) && one.counted.is_reversed() == two.counted.is_reversed()
            }
            _ => false,
        }
    }

    fn same_condition(&self, one: &Condition, other: &Self, two: &Condition) -> bool {
        let all = |one: &[Condition], two: &[Condition]| {
            one.len() == two.len()
                && one.iter().zip(two).all(|(one, two)| self.same_condition(one, other, two))
        };
        match (one, two) {
            (Condition::Within { line, cells }, Condition::Within { line: line2, cells: cells2 }) => {
                cells == cells2 && self.same_line(*line, other, *line2)
            }
            (Condition::Answered { lines }, Condition::Answered { lines: lines2 }) => {
                self.ids(lines).eq(other.ids(lines2))
            }
            (Condition::All(one), Condition::All(two)) | (Condition::Any(one), Condition::Any(two)) => {
                all(one, two)
            }
            (Condition::Not(one), Condition::Not(two)) => self.same_condition(one, other, two),
            (one, two) => one == two,
        }
    }

    fn at(&self, line: LineIndex) -> Option<Self> {
        Some(Self { counted: line.of(self.lines)?, ..*self })
    }

    fn ids(&self, lines: &LineRange) -> impl Iterator<Item = &'a str> {
        lines.clone().filter_map(|line| Some(line.of(self.lines)?.id))
    }
}

/// What `new` counts differently from `old`, or no longer takes. Texts may change; items, segments and their values may
/// move; segments and values may be added. Each change is a sentence such as `items: "ease" has other answers`.
pub fn changes(old: &Definition, new: &Definition) -> Vec<String> {
    let mut changes = Vec::new();
    // This compares what releases state, so the addresses to which sealed reports go may change.
    let (was, is) = (old.privacy.to_string(), new.privacy.to_string());
    if was != is {
        changes.push(format!("privacy: was {was}, is {is}"));
    }
    if old.wave != new.wave {
        changes.push(format!("wave: was {}, is {}", old.wave.name(), new.wave.name()));
    }
    let (was, is) = (old.joint_ids().join(", "), new.joint_ids().join(", "));
    if was != is {
        changes.push(format!("joint: was [{was}], is [{is}]"));
    }
    changes.extend(changed_lines(old, new));
    if changes.is_empty() && has_other_noise(old, new) {
        changes.push("sample: each answer would have another part of epsilon".to_owned());
    }
    changes.extend(removed_segments(old, new));
    changes
}

/// Whether another number of sampled items gives each of the same lines another part of ε.
fn has_other_noise(old: &Definition, new: &Definition) -> bool {
    let (old_lines, new_lines) = (old.counted(), new.counted());
    let is_other = |line: Line<'_>| {
        Line::all(old, &old_lines).any(|before| before.id() == line.id() && !before.has_noise_of(&line))
    };
    Line::all(new, &new_lines).any(is_other)
}

fn changed_lines(old: &Definition, new: &Definition) -> Vec<String> {
    let (old_lines, new_lines) = (old.counted(), new.counted());
    let (old_lines, new_lines) = (Line::all(old, &old_lines), Line::all(new, &new_lines));
    let of_old = old_lines.clone().filter_map(|line| {
        let Some(now) = new_lines.clone().find(|now| now.id() == line.id()) else {
            return Some(format!("items: {:?} is gone", line.id()));
        };
        changed(&line, &now).map(|change| format!("items: {:?} {change}", line.id()))
    });
    let is_new = |line: &Line<'_>| !old_lines.clone().any(|old| old.id() == line.id());
    let added = new_lines.clone().filter(is_new).map(|line| format!("items: {:?} is new", line.id()));
    of_old.chain(added).collect()
}

fn changed(old: &Line<'_>, new: &Line<'_>) -> Option<&'static str> {
    let is_randomised = new.definition.privacy.kind() == MechanismKind::Randomised;
    let (before, now) = (old.counted, new.counted);
    if !old.has_answers_of(new) {
        return Some("has other answers");
    }
    match (before.may_miss || before.sampled, now.may_miss || now.sampled) {
        (true, false) => Some("has to be answered now"),
        (false, true) if is_randomised => Some("need not be answered now"),
        _ if is_randomised && before.sampled != now.sampled => Some("is drawn otherwise"),
        _ => None,
    }
}

fn removed_segments(old: &Definition, new: &Definition) -> Vec<String> {
    let mut removed = Vec::new();
    for (name, values) in &old.segments {
        let now = new.segments.iter().find(|(declared, _)| declared == name).map(|(_, values)| values);
        for value in values.iter().filter(|value| now.is_none_or(|now| !now.contains(value))) {
            removed.push(format!("segments.{name}: {value:?} is gone"));
        }
    }
    removed
}

fn options(item: &Item) -> impl Iterator<Item = &str> {
    item.kind.answers().into_iter().map(|option| option.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_documents::{self as documents, Document, batched, count};

    const SURVEY: &str = r#"{
        "id": "s", "version": 1, "audience": "employee", "languages": ["en"], "title": "S",
        "items": [
            {"id": "hello", "kind": "notice", "text": "Hello"},
            {"id": "ease", "kind": "rating", "text": "How easy?", "scale": {"points": 5}, "required": false},
            {"id": "why", "kind": "choice", "text": "Why?",
             "options": [{"id": "price", "text": "Price"}, {"id": "place", "text": "Place"}]}
        ],
        "segments": {"unit": ["billing", "sales"]},
        "privacy": {"kind": "batched", "k": 5, "device": "shared"},
        "wave": "week"
    }"#;

    fn changed(from: &str, to: &str) -> Vec<String> {
        assert!(SURVEY.contains(from), "{from}");
        let new = Definition::parse(&SURVEY.replacen(from, to, 1)).unwrap();
        changes(&Definition::parse(SURVEY).unwrap(), &new)
    }

    #[test]
    fn what_is_counted_may_not_change() {
        assert_eq!(
            changed(r#""k": 5"#, r#""k": 7"#),
            [r#"privacy: was {"kind":"batched","k":5}, is {"kind":"batched","k":7}"#]
        );
        assert_eq!(changed(r#""wave": "week""#, r#""wave": "month""#), ["wave: was week, is month"]);
        assert_eq!(changed(r#""points": 5"#, r#""points": 7"#), [r#"items: "ease" has other answers"#]);
        assert_eq!(changed(r#""id": "price""#, r#""id": "pride""#), [r#"items: "why" has other answers"#]);
        assert_eq!(
            changed(r#""id": "ease""#, r#""id": "eases""#),
            [r#"items: "ease" is gone"#, r#"items: "eases" is new"#]
        );
        assert_eq!(
            changed(r#"["billing", "sales"]"#, r#"["sales"]"#),
            [r#"segments.unit: "billing" is gone"#]
        );
        assert_eq!(changed(r#""unit""#, r#""team""#).len(), 2);
        assert_eq!(changed(r#", "required": false"#, ""), [r#"items: "ease" has to be answered now"#]);
    }

    /// Three items, of which each is counted up to 3.
    fn three() -> Document {
        documents::survey("s").items(["a", "b", "c"].map(|id| count(id, 3)))
    }

    #[test]
    fn what_is_joint_may_not_change() {
        let survey = |joint: [&str; 2]| {
            let document = three().with("joint", joint).privacy(batched(5));
            Definition::parse(&document.to_string()).unwrap()
        };
        let none = Definition::parse(&three().privacy(batched(5)).to_string()).unwrap();
        let two = survey(["a", "b"]);
        assert_eq!(changes(&none, &two), ["joint: was [], is [a, b]"]);
        assert_eq!(changes(&two, &survey(["a", "c"])), ["joint: was [a, b], is [a, c]"]);
        assert!(changes(&two, &two).is_empty());
    }

    #[test]
    fn what_is_shown_may_change() {
        assert!(changed("How easy?", "How easy was it?").is_empty());
        assert!(changed(r#"{"id": "hello", "kind": "notice", "text": "Hello"},"#, "").is_empty());
        assert!(changed(r#"["billing", "sales"]"#, r#"["service", "sales", "billing"]"#).is_empty());
    }

    const MEASURES: &str = r#"{
        "id": "m", "version": 1, "audience": "employee", "languages": ["en"], "title": "M",
        "items": [
            {"id": "a", "kind": "agreement", "text": "A", "scale": {"points": 5}},
            {"id": "b", "kind": "agreement", "text": "B", "scale": {"points": 5}},
            {"id": "c", "kind": "count", "text": "C", "most": 5}
        ],
        "derived": {
            "index": {"kind": "index", "items": ["a", "b"]},
            "share": {"kind": "share", "when": {"any": [{"item": "c", "at_least": 2}, {"derived": "index", "at_least": 50}]}}
        }
    }"#;

    fn remeasured(changes_made: &[(&str, &str)]) -> Vec<String> {
        let new = changes_made.iter().fold(MEASURES.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        changes(&Definition::parse(MEASURES).unwrap(), &Definition::parse(&new).unwrap())
    }

    #[test]
    fn what_measures_are_made_of_may_move_but_not_change() {
        let c = r#"{"id": "c", "kind": "count", "text": "C", "most": 5}"#;
        let moved = [
            (",\n            {\"id\": \"c\", \"kind\": \"count\", \"text\": \"C\", \"most\": 5}", ""),
            ("[\n", &format!("[{c},")),
        ];
        assert!(remeasured(&moved).is_empty());
        assert!(remeasured(&[(r#"["a", "b"]"#, r#"["b", "a"]"#)]).is_empty());
        assert_eq!(
            remeasured(&[(r#""at_least": 2"#, r#""at_least": 3"#)]),
            [r#"items: "share" has other answers"#]
        );
        let other = [r#"items: "index" has other answers"#, r#"items: "share" has other answers"#];
        assert_eq!(remeasured(&[(r#"{"points": 5}}"#, r#"{"points": 5}, "reverse": true}"#)]), other);
    }

    #[test]
    fn under_randomised_a_gap_and_a_sample_change_the_noise() {
        let skippable = (r#""most": 5"#, r#""most": 5, "required": false"#);
        assert_eq!(remeasured(&[skippable]), [r#"items: "c" need not be answered now"#]);
        let survey = |sample: u32| Definition::parse(&three().with("sample", sample).to_string()).unwrap();
        assert_eq!(
            changes(&survey(1), &survey(2)),
            ["sample: each answer would have another part of epsilon"]
        );
    }
}
