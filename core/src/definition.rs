//! A survey as its author writes it: one JSON document, read and checked in one pass.
//!
//! [`Definition::parse`] takes the text and gives the typed survey, or every mistake with its place. It
//! refuses what can't be asked, counted or released as stated.

mod choice;
mod item;
mod mechanism;
mod net_promoter;
mod notice;
mod rating;
mod show;

pub use choice::{Choice, ChoiceOption};
pub use item::{Anchors, Item, ItemKind, Measure};
pub use mechanism::{Mechanism, MechanismKind};
pub use net_promoter::NetPromoter;
pub use notice::Notice;
pub use rating::{Rating, Scale};
pub use show::{Display, Show, Trigger};

use crate::language::{Text, lookup, read_tag};
use crate::read::{Fault, Json, Node, Problems, document};
use crate::wave::Period;
use std::ops::RangeInclusive;

/// Longest definition, in bytes.
pub const MAX_BYTES: usize = 65_536;

/// A survey: what it asks, of whom, and how its answers are protected.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, title = "Puls survey")
)]
pub struct Definition {
    /// Names the survey in addresses and releases: 1 to 64 of a-z 0-9 -.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[a-z0-9-]{1,64}$")))]
    pub id: String,
    /// Raised whenever what is counted changes; from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub version: u32,
    /// Who answers.
    pub audience: Audience,
    /// BCP 47 tags; every text has at least the first.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 30)))]
    pub languages: Vec<String>,
    /// Shown as the survey's heading and read out as its name.
    pub title: Text,
    /// The questions and notices, in order: 1 to 50, of which at least one is counted.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 50)))]
    pub items: Vec<Item>,
    /// Shown when all is answered; the widget has words of its own for a survey without.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub thanks: Option<Thanks>,
    /// What results may be broken down by: name → closed list of values.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "std::collections::BTreeMap<String, Vec<String>>")
    )]
    pub segments: Vec<(String, Vec<String>)>,
    /// How answers are protected; `randomised` with ε = 2 when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub privacy: Mechanism,
    /// When and how the survey appears.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub show: Show,
    /// The period that releases are dated by; `month` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub wave: Period,
}

/// Who answers a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Audience {
    /// People who buy or use what the organisation makes.
    #[default]
    Customer,
    /// People who work there.
    Employee,
}

impl Audience {
    const NAMES: [(&'static str, Self); 2] = [("customer", Self::Customer), ("employee", Self::Employee)];

    /// As definitions name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Employee => "employee",
        }
    }
}

/// The last screen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Thanks {
    /// Its heading.
    pub title: Text,
    /// A sentence below the heading.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub text: Option<Text>,
}

impl Definition {
    /// Reads and checks a definition.
    ///
    /// # Errors
    /// Every mistake in the document, such as `items[2].scale.points: 12 is above 10`.
    ///
    /// ```
    /// use puls_core::definition::Definition;
    /// let mistakes = Definition::parse(r#"{"id": "nps", "version": 0}"#).unwrap_err().to_string();
    /// assert!(mistakes.starts_with("languages: is missing\nversion: 0 is below 1\naudience: is missing"));
    /// ```
    #[cfg(feature = "parse")]
    pub fn parse(text: &str) -> Result<Self, Problems> {
        Self::from_json(&Json::parse(text, MAX_BYTES)?)
    }

    /// Reads and checks a definition that has been parsed.
    ///
    /// # Errors
    /// As for [`Definition::parse`].
    pub fn from_json(json: &Json) -> Result<Self, Problems> {
        document(json, Self::read)
    }

    /// The items that are counted, which is all but the notices.
    pub fn counted(&self) -> impl Iterator<Item = &Item> + Clone {
        self.items.iter().filter(|item| item.kind.measure() != Measure::Nothing)
    }

    /// The first of the survey's languages that serves the BCP 47 tag `wanted`, else its first language.
    pub fn language(&self, wanted: &str) -> &str {
        let index = lookup(wanted, self.languages.iter().map(String::as_str)).unwrap_or(0);
        self.languages.get(index).map_or("en", String::as_str)
    }

    fn read(node: &Node<'_>) -> Self {
        let fields = node.fields(&[
            "$schema",
            "id",
            "version",
            "audience",
            "languages",
            "title",
            "items",
            "thanks",
            "segments",
            "privacy",
            "show",
            "wave",
        ]);
        if let Some(schema) = fields.get("$schema") {
            schema.string();
        }
        // All texts need the first language, and items need to know the mechanism.
        let languages = fields.required("languages", read_languages);
        let privacy = fields.optional("privacy", Mechanism::default(), Mechanism::read);
        Self {
            id: fields.required("id", read_survey_id),
            version: fields.required("version", read_version),
            audience: fields.required("audience", |node| read_name(node, &Audience::NAMES)),
            title: fields.required("title", |node| Text::read(node, &languages)),
            items: fields.required("items", |node| read_items(node, &languages, privacy)),
            thanks: fields.get("thanks").map(|node| Thanks::read(&node, &languages)),
            segments: fields.optional("segments", Vec::new(), read_segments),
            show: fields.optional("show", Show::default(), Show::read),
            wave: fields.optional("wave", Period::default(), |node| read_name(node, &Period::NAMES)),
            languages,
            privacy,
        }
    }
}

impl Thanks {
    fn read(node: &Node<'_>, languages: &[String]) -> Self {
        let fields = node.fields(&["title", "text"]);
        Self {
            title: fields.required("title", |node| Text::read(node, languages)),
            text: fields.get("text").map(|node| Text::read(&node, languages)),
        }
    }
}

/// Reads a survey's id: 1 to 64 of a-z 0-9 -.
pub(crate) fn read_survey_id(node: &Node<'_>) -> String {
    node.form("1 to 64 of a-z 0-9 -", |id| {
        matches!(id.len(), 1..=64) && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    })
}

/// Reads a survey's version, from 1.
pub(crate) fn read_version(node: &Node<'_>) -> u32 {
    node.integer(1..=u32::MAX)
}

/// Reads one of a closed list of names as the value that belongs to it.
pub(crate) fn read_name<T: Copy + Default>(node: &Node<'_>, names: &[(&'static str, T)]) -> T {
    let allowed: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    names.get(node.one_of(&allowed)).map_or_else(T::default, |(_, value)| *value)
}

const LABEL_FORM: &str = "1 to 32 of a-z 0-9 - _";

/// Reads a name that stands in releases: 1 to 32 of a-z 0-9 - _.
fn read_label(node: &Node<'_>) -> String {
    node.form(LABEL_FORM, is_label)
}

fn is_label(label: &str) -> bool {
    is_value(label) && !label.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn is_value(label: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    matches!(label.len(), 1..=32) && label.bytes().all(plain)
}

fn read_languages(node: &Node<'_>) -> Vec<String> {
    distinct(node, 1..=30, read_tag)
}

fn read_items(node: &Node<'_>, languages: &[String], privacy: Mechanism) -> Vec<Item> {
    let mut ids = Vec::new();
    let items = node.entries(1..=50, |entry| {
        let item = Item::read(entry, languages, privacy);
        note_distinct(entry, &mut ids, &item.id);
        item
    });
    if !items.is_empty() && items.iter().all(|item| item.kind.measure() == Measure::Nothing) {
        node.fault(Fault::NothingToCount);
    }
    items
}

fn read_segments(node: &Node<'_>) -> Vec<(String, Vec<String>)> {
    let read = |(name, values): (&str, Node<'_>)| {
        if !is_label(name) {
            values.fault(Fault::Form { found: name.to_owned(), allowed: LABEL_FORM });
        }
        let read_value = |value: &Node<'_>| value.form("1 to 32 of a-z A-Z 0-9 - _", is_value);
        (name.to_owned(), distinct(&values, 1..=500, read_value))
    };
    node.members().iter().map(read).collect()
}

/// Reads a list of texts that differ from one another.
fn distinct(node: &Node<'_>, length: RangeInclusive<usize>, read: fn(&Node<'_>) -> String) -> Vec<String> {
    let mut known = Vec::new();
    node.entries(length, |entry| note_distinct(entry, &mut known, &read(entry)));
    known
}

/// Adds `name` to those `known`, and logs it where it is one of them already.
fn note_distinct(entry: &Node<'_>, known: &mut Vec<String>, name: &str) {
    if known.iter().any(|other| other == name) {
        entry.fault(Fault::Duplicate { found: name.to_owned() });
    }
    known.push(name.to_owned());
}
