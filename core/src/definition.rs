//! A survey as its author writes it: one JSON document, read and checked in one pass.
//!
//! [`Definition::parse`] takes the text and gives the typed survey, or every mistake with its place. It
//! refuses what can't be asked, counted or released as stated.

mod agreement;
mod answer_option;
mod choice;
mod choices;
mod condition;
mod count;
mod counted;
mod derived;
mod item;
mod joint_lines;
mod known;
mod line_index;
mod link;
mod matrix;
mod mechanism;
mod net_promoter;
mod notice;
mod open_text;
mod order;
mod plain;
mod rating;
mod reading;
mod routing;
#[cfg(feature = "schema")]
mod schema;
mod sealed;
mod show;
mod thanks;
#[cfg(feature = "outside-the-widget")]
mod tiers;

pub use agreement::{Agreement, AgreementScale};
pub use answer_option::{AnswerOption, Words};
pub use choice::Choice;
pub use choices::Choices;
pub use condition::{Condition, Mood};
pub use count::Count;
pub use counted::{Counted, Measure, Source, Thirds};
pub use derived::{Derived, DerivedKind};
pub use item::{Anchors, Item, ItemKind, Variant};
pub use joint_lines::{Joint, Summed};
pub use line_index::{LineIndex, LineRange};
pub use link::Link;
pub use matrix::{Matrix, Statement};
pub use mechanism::{Mechanism, MechanismKind};
pub use net_promoter::NetPromoter;
pub use notice::Notice;
pub use open_text::OpenText;
pub use order::Order;
pub use rating::{Rating, Scale, ScaleStyle};
pub use reading::{read_survey_id, read_version};
pub use routing::{Jump, Route, Routing};
#[cfg(feature = "schema")]
pub use schema::schema;
pub use sealed::{Sealed, Task};
pub use show::{Corner, Display, Preset, Show};
#[cfg(feature = "outside-the-widget")]
pub use show::{Pages, ShowRules, Trigger};
pub use thanks::Thanks;
#[cfg(feature = "outside-the-widget")]
pub use tiers::Tiers;

use crate::language::{Text, lookup};
use crate::read::{Json, Problems, document};
use crate::wave::Period;

/// Longest definition, in bytes.
pub const MAX_BYTES: usize = 65_536;

/// Most lines in a release. With it, the largest release that a survey can have is well below what
/// a collector takes: 65,536 bytes.
const MAX_LINES: usize = 100;

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
    /// Pieces of text that the page may give, each with a text to use when it doesn't: `{name}` in any other text
    /// stands for it. They are shown, never sent.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "std::collections::BTreeMap<String, Text>", extend("maxProperties" = 20))
    )]
    pub pieces: Vec<(String, Text)>,
    /// The questions and notices, in order: 1 to 50, of which at least one is counted.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 50)))]
    pub items: Vec<Item>,
    /// The order in which items are asked; `given` when left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub order: Order,
    /// How many of the items that aren't `fixed` each respondent is asked; the device draws them. All of them when left
    /// out.
    #[cfg_attr(feature = "schema", schemars(default, range(min = 1, max = 49)))]
    pub sample: Option<u32>,
    /// Jumps and ways out, at most 50.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub routing: Routing,
    /// Measures that follow from several answers and are counted like them, by name.
    #[cfg_attr(
        feature = "schema",
        schemars(
            default,
            with = "std::collections::BTreeMap<String, schema::DerivedForm>",
            extend("maxProperties" = 20)
        )
    )]
    pub derived: Vec<Derived>,
    /// The ids of 2 to 12 ratings, agreements, statements, counts or net promoter items. Sums of products of their
    /// answers say how they go together. Needs `privacy` to be `batched` or `sealed`.
    #[cfg_attr(
        feature = "schema",
        schemars(default, with = "Vec<String>", extend("minItems" = 2, "maxItems" = 12))
    )]
    pub joint: Joint,
    /// Shown when all is answered: one screen, or a list, of which the first whose condition holds is shown. Without
    /// any, the widget thanks in its own words.
    #[cfg_attr(feature = "schema", schemars(default, with = "Option<schema::OneOrSeveral<Thanks>>"))]
    pub thanks: Vec<Thanks>,
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
    /// From how many answers on results are shown. Not for `randomised`, whose answers chance protects.
    #[cfg(feature = "outside-the-widget")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub withhold: Tiers,
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
    #[cfg(feature = "outside-the-widget")]
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

    /// From how many answers on results are shown; `None` where no answer is counted as it was given.
    #[cfg(feature = "outside-the-widget")]
    pub fn tiers(&self) -> Option<&Tiers> {
        (self.privacy.kind() != MechanismKind::Randomised).then_some(&self.withhold)
    }

    /// The first of the survey's languages that serves the BCP 47 tag `wanted`, else its first language.
    pub fn language(&self, wanted: &str) -> &str {
        let index = lookup(wanted, self.languages.iter().map(String::as_str)).unwrap_or(0);
        self.languages.get(index).map_or("en", String::as_str)
    }
}
