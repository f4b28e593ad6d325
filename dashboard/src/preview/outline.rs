//! A survey in words, in reading order: who is asked what, and where that leads.

use super::conditions::in_words;
use super::precision;
use puls_core::definition::{
    Condition, Definition, Derived, DerivedKind, Item, ItemKind, LineIndex, Order, Route, Thanks,
};
use puls_core::language::Text;
use puls_core::pieces::Pieces;

/// Everything that respondents may see.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Outline {
    /// Notes on all items.
    pub(crate) order: Vec<String>,
    /// The items.
    pub(crate) items: Vec<Entry>,
    /// The screens of thanks.
    pub(crate) thanks: Vec<Entry>,
    /// The routes that the thanks offer.
    pub(crate) routes: Vec<Entry>,
    /// The derived measures: the name of each, and how it follows from the answers.
    pub(crate) derived: Vec<(String, String)>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    /// What kind of screen it is.
    pub(crate) kind: String,
    /// Its text, for those who don't see its picture.
    pub(crate) text: String,
    /// Notes: who sees it, what else it may say, and what comes next.
    pub(crate) notes: Vec<String>,
}

impl Outline {
    /// Describes a survey, with its texts in one language.
    pub(crate) fn of(definition: &Definition, language: &str) -> Self {
        let teller = Teller { definition, language };
        Self {
            order: order(definition),
            items: (0..definition.items.len()).map(|index| teller.item(index)).collect(),
            thanks: teller.all_thanks(),
            routes: definition.routing.routes.iter().map(|route| teller.route(route)).collect(),
            derived: definition.derived.iter().map(|derived| teller.derived(derived)).collect(),
        }
    }
}

struct Teller<'a> {
    definition: &'a Definition,
    language: &'a str,
}

impl Teller<'_> {
    fn item(&self, index: usize) -> Entry {
        let Some(item) = self.definition.items.get(index) else { return Entry::default() };
        let mut notes = Vec::new();
        notes.extend(item.when.as_ref().map(|when| format!("Asked if {}.", self.said(when))));
        notes.extend((!item.required).then(|| "May be skipped.".to_owned()));
        let is_drawn = self.definition.order == Order::Random || self.definition.sample.is_some();
        notes.extend((is_drawn && item.fixed).then(|| "Keeps its place, and everybody is asked.".to_owned()));
        let variant = |variant: &puls_core::definition::Variant| {
            format!("If {}, it reads “{}”.", self.said(&variant.when), self.read(&variant.text))
        };
        notes.extend(item.variants.iter().map(variant));
        notes.extend(self.jumps(index));
        notes.extend(self.precision(index));
        Entry { name: item.id.clone(), kind: kind(item).to_owned(), text: self.read(&item.text), notes }
    }

    fn jumps(&self, index: usize) -> Vec<String> {
        let id = self.definition.items.get(index).map_or("", |item| &item.id);
        let jumps = self.definition.routing.jumps.iter().filter(|jump| jump.after == index);
        let said = |jump: &puls_core::definition::Jump| {
            let to = self.definition.items.get(jump.to).map_or("the end", |item| &item.id);
            match &jump.when {
                Some(when) => format!("After {id}, if {}, goes to {to}.", self.said(when)),
                None => format!("After {id} goes to {to}."),
            }
        };
        jumps.map(said).collect()
    }

    /// How exact an item's figures get. For a matrix this takes its first statement, since all of them are alike.
    fn precision(&self, index: usize) -> Option<String> {
        let lines = self.definition.counted();
        let line = self.definition.lines(index).next()?.of(&lines)?;
        let precision = precision::of(self.definition, line)?;
        Some(format!("Known to {} after {} respondents.", precision.text, precision::RESPONDENTS))
    }

    fn all_thanks(&self) -> Vec<Entry> {
        let thanks = &self.definition.thanks;
        if thanks.is_empty() {
            let notes = vec!["The widget's own words: the survey has none.".to_owned()];
            return vec![Entry { name: "Thanks".to_owned(), notes, ..Entry::default() }];
        }
        thanks.iter().map(|one| self.thanks(one, thanks.len() > 1)).collect()
    }

    fn thanks(&self, thanks: &Thanks, one_of_several: bool) -> Entry {
        let mut notes = Vec::new();
        match &thanks.when {
            Some(when) => notes.push(format!("Shown if {}.", self.said(when))),
            None if one_of_several => notes.push("Shown to everybody else.".to_owned()),
            None => {}
        }
        notes.extend(thanks.link.as_ref().map(|link| format!("Leads to {}.", link.url)));
        Entry { name: "Thanks".to_owned(), kind: String::new(), text: self.read(&thanks.title), notes }
    }

    fn route(&self, route: &Route) -> Entry {
        let offered = match &route.when {
            Some(when) => format!("Offered as soon as {}, and from then on.", self.said(when)),
            None => "Offered on every screen.".to_owned(),
        };
        let leads =
            format!("Leads to {}. The page is told {} when somebody takes it.", route.url, route.name);
        let notes = vec![offered, leads];
        Entry { name: route.name.clone(), kind: "way out".to_owned(), text: self.read(&route.text), notes }
    }

    fn derived(&self, derived: &Derived) -> (String, String) {
        let lines = self.definition.counted();
        let id = |line: &LineIndex| line.of(&lines).map_or("", |line| line.id);
        let text = match &derived.kind {
            DerivedKind::Index { lines } => {
                format!("0 to 100, from {}", lines.iter().map(id).collect::<Vec<_>>().join(", "))
            }
            DerivedKind::Class { energy, clarity, high, low } => format!(
                "{}, by {} and {}: high from {high}, low below {low}",
                DerivedKind::CLASSES.join(", "),
                id(energy),
                id(clarity)
            ),
            DerivedKind::Share { when } => format!("the share of those for whom {}", self.said(when)),
        };
        (derived.id.clone(), text)
    }

    fn said(&self, condition: &Condition) -> String {
        in_words(self.definition, condition)
    }

    fn read(&self, text: &Text) -> String {
        Pieces::default().fill(self.definition, text, self.language)
    }
}

fn order(definition: &Definition) -> Vec<String> {
    let mut notes = Vec::new();
    if definition.order == Order::Random {
        notes.push("Asked in a random order, drawn for each respondent.".to_owned());
    }
    let loose = definition.items.iter().filter(|item| !item.fixed).count();
    let sample = |sample| format!("Each respondent is asked {sample} of {loose}, drawn by chance.");
    notes.extend(definition.sample.map(sample));
    notes
}

fn kind(item: &Item) -> &'static str {
    match item.kind {
        ItemKind::NetPromoter(_) => "0 to 10",
        ItemKind::Rating(_) => "rating",
        ItemKind::Agreement(_) => "agreement",
        ItemKind::Matrix(_) => "matrix",
        ItemKind::Choice(_) => "one of several",
        ItemKind::Choices(_) => "some of several",
        ItemKind::OpenText(_) => "open text",
        ItemKind::Count(_) => "count",
        ItemKind::Notice(_) => "notice",
    }
}
