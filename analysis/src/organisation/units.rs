//! The units of an organisation: which unit is part of which, and what they were called before.
//!
//! In comes a file in JSON; out go [`Units`]. The reader refuses units that are part of an unknown unit or of themselves, a
//! hierarchy of more than eight levels, and renames that lead nowhere or in a circle.

use super::{MAX_BYTES, UNIT_FORM, is_unit};
use puls_core::read::{Fault, Json, Node, Problems, document};
use puls_core::wave::{Day, Wave};
use std::collections::BTreeMap;
use std::iter::successors;

/// The most units that a file may have, and the most renames.
const MOST_UNITS: usize = 5_000;

/// The most levels of a hierarchy; a unit that is part of no other one is on the first.
const MOST_LEVELS: usize = 8;

/// A hierarchy of units, and what was renamed or merged. By default there is neither.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Units {
    /// Each unit with the one that it is part of.
    parents: BTreeMap<String, Option<String>>,
    /// What became of each name that a unit gave up.
    renames: BTreeMap<String, Rename>,
}

/// What a unit is called instead of its earlier name. If several units have the same new name, they were merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The new name.
    pub to: String,
    /// The first wave in which the unit has the new name.
    pub since: Wave,
}

impl Units {
    /// Reads a file.
    ///
    /// ```
    /// use puls_analysis::organisation::Units;
    ///
    /// let units = Units::parse(r#"{"units": {"billing": {"part_of": "nordics"}, "nordics": {}}}"#)?;
    /// assert_eq!(units.parent("billing"), Some("nordics"));
    /// let problems = Units::parse(r#"{"units": {"billing": {"part_of": "nordic"}}}"#).unwrap_err();
    /// assert_eq!(problems.to_string(), r#"units.billing.part_of: "nordic" is unknown; allowed are the names in `units`"#);
    /// # Ok::<(), puls_core::read::Problems>(())
    /// ```
    ///
    /// # Errors
    /// Every mistake in the file.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        document(&Json::parse(text, MAX_BYTES)?, |node| {
            let fields = node.fields(&["units", "renamed"]);
            let parents = fields.required("units", read_parents);
            let units = Self { parents, renames: BTreeMap::new() };
            fields.optional("renamed", units.clone(), |renamed| units.with_renames(renamed))
        })
    }

    /// The present name of the unit that was called `unit` in a wave: under this name, the wave's answers count.
    ///
    /// Answers of waves before a rename count under the new name, so that a trend goes through. So do answers that
    /// arrive under the old name afterwards, since some page or link still has it. But if another unit has taken the old
    /// name by then, the old name means that one.
    ///
    /// ```
    /// use puls_analysis::organisation::Units;
    /// use puls_core::wave::Wave;
    ///
    /// let units = Units::parse(
    ///     r#"{"units": {"billing": {}}, "renamed": [{"from": "invoicing", "to": "billing", "since": "2026-Q2"}]}"#,
    /// )?;
    /// for wave in ["2026-02", "2026-05"] {
    ///     assert_eq!(units.present_name("invoicing", Wave::parse(wave).unwrap()), "billing");
    /// }
    /// # Ok::<(), puls_core::read::Problems>(())
    /// ```
    pub fn present_name<'a>(&'a self, unit: &'a str, wave: Wave) -> &'a str {
        let (mut name, mut day) = (unit, wave.first_day());
        while let Some(rename) = self.renames.get(name).filter(|_| !self.is_taken(name, day)) {
            (name, day) = (&rename.to, rename.since.first_day());
        }
        name
    }

    /// The unit that a unit is part of.
    pub fn parent(&self, unit: &str) -> Option<&str> {
        self.parents.get(unit)?.as_deref()
    }

    /// The units that are part of a unit, without those that are part of these.
    pub fn members<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(_, parent)| *parent == Some(unit)).map(|(member, _)| member)
    }

    /// All units below a unit.
    pub fn descendants<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = &'a str> {
        self.parents
            .keys()
            .map(String::as_str)
            .filter(move |name| self.above(name).any(|above| above == unit))
    }

    /// All units of the hierarchy by name, each with the one that it is part of.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.parents.iter().map(|(unit, parent)| (unit.as_str(), parent.as_deref()))
    }

    /// All names that were given up, with what became of each.
    pub fn renamed(&self) -> impl Iterator<Item = (&str, &Rename)> {
        self.renames.iter().map(|(from, rename)| (from.as_str(), rename))
    }

    /// The units above a unit, the nearest first.
    fn above<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = &'a str> {
        above(&self.parents, unit)
    }

    /// Whether another unit had taken a name that was given up, by a day.
    fn is_taken(&self, name: &str, day: Day) -> bool {
        let Some(given_up) = self.renames.get(name) else { return false };
        let days = given_up.since.first_day()..=day;
        self.renames.values().any(|rename| rename.to == name && days.contains(&rename.since.first_day()))
    }

    /// These units with the renames that a list has.
    fn with_renames(mut self, renamed: &Node<'_>) -> Self {
        let read = renamed.entries(0..=MOST_UNITS, |entry| {
            let fields = entry.fields(&["from", "to", "since"]);
            let from = fields.required("from", read_unit);
            let to = fields.required("to", read_unit);
            (*entry, from, Rename { to, since: fields.required("since", read_wave) })
        });
        for (_, from, rename) in &read {
            self.renames.entry(from.clone()).or_insert_with(|| rename.clone());
        }
        let mut known = Vec::new();
        for (entry, from, rename) in &read {
            self.check_rename(entry, from, rename, &known);
            known.push(from);
        }
        self
    }

    fn check_rename(&self, entry: &Node<'_>, from: &String, rename: &Rename, known: &[&String]) {
        let fault = |field: &str, fault: Fault| {
            if let Some(node) = entry.members().get(field) {
                node.fault(fault);
            }
        };
        let next = |name: &String| self.renames.get(name).map(|rename| &rename.to);
        let is_known = self.parents.contains_key(&rename.to) || self.renames.contains_key(&rename.to);
        if known.contains(&from) {
            fault("from", Fault::Duplicate { found: from.clone() });
        } else if self.parents.contains_key(from) && !self.is_taken(from, Day::since_1970(i32::MAX)) {
            fault("from", Fault::Unfit { reason: "is still among `units`; take it out there" });
        }
        if successors(next(from), |name| next(name)).take(MOST_UNITS).any(|name| name == from) {
            fault("to", Fault::Loop { found: from.clone() });
        } else if !is_known {
            let allowed = "the names in `units`, and names that are renamed in turn".to_owned();
            fault("to", Fault::NotOneOf { found: rename.to.clone(), allowed });
        }
    }
}

fn above<'a>(parents: &'a BTreeMap<String, Option<String>>, unit: &'a str) -> impl Iterator<Item = &'a str> {
    let parent = |unit: &str| parents.get(unit)?.as_deref();
    successors(parent(unit), move |unit| parent(unit)).take(MOST_UNITS)
}

fn read_unit(node: &Node<'_>) -> String {
    node.form(UNIT_FORM, is_unit)
}

fn read_wave(node: &Node<'_>) -> Wave {
    let text = node.form("a wave such as 2026-W47, 2026-11 or 2026-Q4", |text| Wave::parse(text).is_some());
    Wave::parse(&text).unwrap_or_default()
}

fn read_parents(units: &Node<'_>) -> BTreeMap<String, Option<String>> {
    let members: Vec<(&str, Node<'_>)> = units.members().iter().collect();
    if !units.length(members.len(), "units", 0..=MOST_UNITS) {
        return BTreeMap::new();
    }
    let part_of = |(name, unit): &(&str, Node<'_>)| {
        if !is_unit(name) {
            unit.fault(Fault::Form { found: (*name).to_owned(), allowed: UNIT_FORM });
        }
        ((*name).to_owned(), unit.fields(&["part_of"]).get("part_of").map(|parent| read_unit(&parent)))
    };
    let parents = members.iter().map(part_of).collect();
    for (name, unit) in &members {
        check_parent(&parents, name, unit);
    }
    parents
}

/// Logs a parent that isn't there, that makes a loop, or that is on the last level already.
fn check_parent(parents: &BTreeMap<String, Option<String>>, name: &str, unit: &Node<'_>) {
    let Some(parent) = parents.get(name).and_then(Option::as_ref) else { return };
    let Some(node) = unit.members().get("part_of") else { return };
    if !parents.contains_key(parent) {
        let allowed = "the names in `units`".to_owned();
        node.fault(Fault::NotOneOf { found: parent.clone(), allowed });
    } else if above(parents, name).any(|above| above == name) {
        node.fault(Fault::Loop { found: name.to_owned() });
    } else if above(parents, name).count() == MOST_LEVELS {
        node.fault(Fault::Unfit { reason: "makes a ninth level; a hierarchy may have eight" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn parse(units: Value, renamed: &[(&str, &str, &str)]) -> Result<Units, String> {
        let rename =
            |&(from, to, since): &(&str, &str, &str)| json!({"from": from, "to": to, "since": since});
        let renamed: Vec<Value> = renamed.iter().map(rename).collect();
        let text = json!({"units": units, "renamed": renamed}).to_string();
        Units::parse(&text).map_err(|problems| problems.to_string())
    }

    /// Under which names the answers of these waves count.
    fn present<const N: usize>(units: &Units, unit: &str, waves: [&str; N]) -> [String; N] {
        waves.map(|wave| units.present_name(unit, Wave::parse(wave).unwrap()).to_owned())
    }

    #[test]
    fn without_a_file_each_unit_keeps_its_name() {
        let none = Units::default();
        assert_eq!(present(&none, "billing", ["2026-Q1", "2026-11", "2026-W47"]), ["billing"; 3]);
        assert_eq!((none.parent("billing"), none.members("billing").count()), (None, 0));
    }

    #[test]
    fn the_hierarchy_is_walked_up_and_down() {
        let units = json!({"all": {}, "nordics": {"part_of": "all"}, "billing": {"part_of": "nordics"},
                           "sales": {"part_of": "nordics"}, "benelux": {"part_of": "all"}});
        let units = parse(units, &[]).unwrap();
        assert_eq!((units.parent("billing"), units.parent("all")), (Some("nordics"), None));
        assert_eq!(units.members("all").collect::<Vec<_>>(), ["benelux", "nordics"]);
        assert_eq!(units.descendants("all").collect::<Vec<_>>(), ["benelux", "billing", "nordics", "sales"]);
        assert_eq!(units.descendants("billing").count() + units.descendants("unknown").count(), 0);
    }

    #[test]
    fn answers_under_an_old_name_count_under_the_present_one_before_and_after_the_rename() {
        let renamed = [
            ("invoicing", "billing", "2026-Q2"),
            ("ledger", "billing", "2026-05"),
            ("billing", "finance", "2026-W40"),
        ];
        let units = parse(json!({"finance": {}}), &renamed).unwrap();
        for name in ["invoicing", "ledger", "billing", "finance"] {
            let waves = ["2025-Q4", "2026-03", "2026-Q2", "2026-W39", "2026-W40", "2027-Q1"];
            assert_eq!(present(&units, name, waves), ["finance"; 6], "{name}");
        }
    }

    /// North became south when south became west, so `south` means another unit since then.
    #[test]
    fn a_name_that_another_unit_takes_means_that_one_from_then_on() {
        let renamed = [("north", "south", "2026-Q2"), ("south", "west", "2026-Q2")];
        let units = parse(json!({"south": {}, "west": {}}), &renamed).unwrap();
        let waves = ["2026-03", "2026-W14", "2026-04", "2026-Q3"];
        // The week from 30 March begins before the quarter does.
        assert_eq!(present(&units, "south", waves), ["west", "west", "south", "south"]);
        assert_eq!(present(&units, "north", waves), ["south"; 4]);
        assert_eq!(present(&units, "west", waves), ["west"; 4]);
        // Nobody had the name for two quarters.
        let renamed = [("north", "south", "2026-Q4"), ("south", "west", "2026-Q2")];
        let units = parse(json!({"south": {}, "west": {}}), &renamed).unwrap();
        assert_eq!(present(&units, "south", ["2026-Q1", "2026-Q3", "2026-Q4"]), ["west", "west", "south"]);
        assert_eq!(present(&units, "north", ["2026-Q1", "2026-Q3", "2026-Q4"]), ["south"; 3]);
    }

    #[test]
    fn each_mistake_has_its_place() {
        let mut units = json!({"a b": {}, "billing": {"part_of": "nordic"}, "north": {"part_of": "south"},
                               "south": {"part_of": "north"}, "self": {"part_of": "self"}, "sales": {"boss": "x"}});
        for level in 1..=9 {
            let part_of = json!({"part_of": format!("level{}", level - 1)});
            units[format!("level{level}")] = if level == 1 { json!({}) } else { part_of };
        }
        let problems = parse(
            units,
            &[
                ("one", "two", "2026-Q1"),
                ("two", "one", "2026-Q2"),
                ("old", "nowhere", "2026-Q5"),
                ("sales", "billing", "2026-11"),
                ("former", "billing", "2026-11"),
                ("former", "sales", "2026-12"),
                ("three", "three", "2026-11"),
                ("", "billing", "2026-11"),
            ],
        );
        insta::assert_snapshot!(problems.unwrap_err());
        for (text, problem) in [
            ("{}", "units: is missing"),
            ("", "not valid JSON at line 1, column 0"),
            (r#"{"units": {"billing": {}}"#, "not valid JSON at line 1, column 25"),
            (
                r#"{"units": [], "renamed": {}}"#,
                "units: expected an object, found a list\nrenamed: expected a list, found an object",
            ),
            (r#"{"units": {"billing": "nordics"}}"#, "units.billing: expected an object, found a string"),
            (
                r#"{"units": {}, "renamed": [{"from": 1}]}"#,
                "renamed[0].from: expected a string, found a number\nrenamed[0].to: is missing\nrenamed[0].since: is missing",
            ),
        ] {
            assert_eq!(Units::parse(text).map_err(|problems| problems.to_string()), Err(problem.to_owned()));
        }
    }

    proptest! {
        /// Whatever was renamed, a walk ends, and ends at a name that nobody has given up by then.
        #[test]
        fn every_name_has_a_present_one(
            renamed in proptest::collection::vec((0..6_u8, 0..6_u8, 1..=4_u8), 0..8), wave in 1..=4_u8,
        ) {
            let renamed: Vec<_> = renamed
                .into_iter()
                .map(|(from, to, quarter)| (format!("u{from}"), format!("u{to}"), format!("2026-Q{quarter}")))
                .collect();
            let renamed: Vec<_> = renamed.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
            let all: Value = (0..6).map(|unit| (format!("u{unit}"), json!({}))).collect();
            let given_up = |unit: &&str| !renamed.iter().any(|(from, ..)| from == unit);
            let left: Value = all.as_object().unwrap().iter()
                .filter(|(unit, _)| given_up(&unit.as_str()))
                .map(|(unit, value)| (unit.clone(), value.clone())).collect();
            if let Ok(units) = parse(left, &renamed) {
                for (from, to, since) in &renamed {
                    let last = present(&units, from, ["2025-Q4"]);
                    prop_assert_eq!(&last, &present(&units, to, [since]), "{} is {}", from, to);
                }
                let wave = format!("2026-Q{wave}");
                for (unit, _) in units.iter() {
                    prop_assert_eq!(present(&units, unit, [&wave]), [unit.to_owned()]);
                }
            }
        }
    }
}
