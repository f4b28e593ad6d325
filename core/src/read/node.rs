use super::{Decimal, Fault, Fields, Json, Problem};
use std::cell::RefCell;
use std::fmt;
use std::ops::RangeInclusive;

/// A value's place, as a chain back to the root. Its text is only made when a problem needs it.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    Entry(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => formatter.write_str(name),
            Self::Field(parent, name) => write!(formatter, "{parent}.{name}"),
            Self::Entry(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

/// A value in a document, its place, and the log that its problems go to.
///
/// Reading never stops. A value that can't be read is logged, and a default stands in for it until
/// [`document`](super::document) refuses the whole document. So one pass finds every mistake, and no reader has to
/// handle another's failure.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Json,
    place: Place<'a>,
    log: &'a RefCell<Vec<Problem>>,
}

impl<'a> Node<'a> {
    pub(crate) fn new(value: &'a Json, place: Place<'a>, log: &'a RefCell<Vec<Problem>>) -> Self {
        Self { value, place, log }
    }

    /// Logs `fault` at this place.
    pub fn fault(&self, fault: Fault) {
        self.log.borrow_mut().push(Problem { place: self.place.to_string(), fault });
    }

    /// The JSON value itself, for the few fields whose type decides their meaning.
    pub(crate) fn value(&self) -> &'a Json {
        self.value
    }

    pub(crate) fn string(&self) -> &'a str {
        match self.value {
            Json::String(text) => text,
            _ => {
                self.wrong_type("a string");
                ""
            }
        }
    }

    /// A string of `length` characters.
    pub(crate) fn text(&self, length: RangeInclusive<usize>) -> String {
        let text = self.string();
        if let Json::String(_) = self.value {
            self.length(text.chars().count(), "characters", length);
        }
        text.to_owned()
    }

    /// Logs that this value doesn't fit the rest of the document.
    pub fn unfit(&self, reason: &'static str) {
        self.fault(Fault::Unfit { reason });
    }

    /// Reads a string as its index in `allowed`. Logs any other value, and returns 0.
    pub fn one_of(&self, allowed: &[&str]) -> usize {
        let Json::String(found) = self.value else {
            self.wrong_type("a string");
            return 0;
        };
        allowed.iter().position(|name| name == found).unwrap_or_else(|| {
            self.not_one_of(found, allowed);
            0
        })
    }

    /// Logs that `found` isn't one of `allowed`.
    pub(crate) fn not_one_of(&self, found: &str, allowed: &[&str]) {
        self.fault(Fault::NotOneOf { found: found.to_owned(), allowed: allowed.join(", ") });
    }

    /// Reads a string that `accepts` takes; `allowed` says in words which strings these are. Logs any other string, and
    /// returns it all the same.
    pub fn form(&self, allowed: &'static str, accepts: fn(&str) -> bool) -> String {
        let found = self.string().to_owned();
        if let Json::String(_) = self.value
            && !accepts(&found)
        {
            self.fault(Fault::Form { found: found.clone(), allowed });
        }
        found
    }

    pub(crate) fn boolean(&self) -> bool {
        match self.value {
            Json::Bool(value) => *value,
            _ => {
                self.wrong_type("true or false");
                false
            }
        }
    }

    /// Reads a whole number in `range`. Logs one outside of it, and returns it as far as it fits a `u32`. Logs anything
    /// else, and returns 0.
    pub fn integer(&self, range: RangeInclusive<u32>) -> u32 {
        match *self.value {
            Json::Number(value) if value.fract() == 0.0 => {
                self.range(value, range.start().into(), range.end().into());
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "it is whole, and saturates outside the range"
                )]
                let value = value as u32;
                value
            }
            _ => {
                self.wrong_type("a whole number");
                0
            }
        }
    }

    /// Logs `found` if it is above `most`, the limit that follows from the rest of the document.
    pub(crate) fn at_most(&self, found: u32, most: usize) {
        self.range(found.into(), Decimal::default(), (&u32::try_from(most).unwrap_or(u32::MAX)).into());
    }

    /// Reads a number in `range` with at most three decimals.
    pub(crate) fn decimal(&self, range: RangeInclusive<Decimal>) -> Decimal {
        let Json::Number(value) = *self.value else {
            self.wrong_type("a number");
            return Decimal::default();
        };
        let decimal = Decimal::nearest(value);
        if self.range(value, *range.start(), *range.end())
            && (decimal.value() - value).abs() > f64::EPSILON * value.abs()
        {
            self.wrong_type("a number with at most three decimals");
        }
        decimal
    }

    /// Reads a number in `range`. Logs one outside of it, and returns it all the same. Logs anything else, and returns
    /// `None`.
    #[cfg(feature = "outside-the-widget")]
    pub fn number(&self, range: RangeInclusive<Decimal>) -> Option<f64> {
        let Json::Number(value) = *self.value else {
            self.wrong_type("a number");
            return None;
        };
        self.range(value, *range.start(), *range.end());
        Some(value)
    }

    /// Reads each entry of a list. Logs a list whose length isn't allowed, and returns no entries.
    pub fn entries<'s, T>(
        &'s self,
        length: RangeInclusive<usize>,
        mut read: impl FnMut(&Node<'s>) -> T,
    ) -> Vec<T> {
        let mut entries = Vec::new();
        let Json::Array(values) = self.value else {
            self.wrong_type("a list");
            return entries;
        };
        if self.length(values.len(), "entries", length) {
            for (index, value) in values.iter().enumerate() {
                entries.push(read(&Node::new(value, Place::Entry(&self.place, index), self.log)));
            }
        }
        entries
    }

    /// Hands each entry of a list to `look`. Logs nothing if the value isn't a list, since that was logged before.
    pub(crate) fn each(&self, mut look: impl FnMut(usize, &Node<'_>)) {
        if let Json::Array(values) = self.value {
            for (index, value) in values.iter().enumerate() {
                look(index, &Node::new(value, Place::Entry(&self.place, index), self.log));
            }
        }
    }

    /// A field, if this is an object that has it. Logs nothing if it isn't.
    pub(crate) fn peek(&self, name: &'a str) -> Option<Node<'_>> {
        match self.value {
            Json::Object(_) => self.members().get(name),
            _ => None,
        }
    }

    /// The fields of an object. Logs those that aren't `allowed`.
    pub fn fields(&self, allowed: &[&str]) -> Fields<'_> {
        let fields = self.members();
        for (name, node) in fields.iter() {
            if !allowed.contains(&name) {
                node.fault(Fault::UnknownField { allowed: allowed.join(", ") });
            }
        }
        fields
    }

    /// The fields of an object, whatever their names.
    pub fn members(&self) -> Fields<'_> {
        let fields = match self.value {
            Json::Object(fields) => Some(fields.as_slice()),
            _ => {
                self.wrong_type("an object");
                None
            }
        };
        Fields { fields, place: &self.place, log: self.log }
    }

    fn range(&self, value: f64, min: Decimal, max: Decimal) -> bool {
        let received = Decimal::nearest(value);
        if value < min.value() {
            self.fault(Fault::Below { value: received, min });
        } else if value > max.value() {
            self.fault(Fault::Above { value: received, max });
        } else {
            return true;
        }
        false
    }

    /// Whether a length, counted in `unit`, is `allowed`. Logs one that isn't.
    pub fn length(&self, found: usize, unit: &'static str, allowed: RangeInclusive<usize>) -> bool {
        let (min, max) = (*allowed.start(), *allowed.end());
        if !allowed.contains(&found) {
            self.fault(Fault::Length { found, unit, min, max });
        }
        allowed.contains(&found)
    }

    /// Logs that the value has another type than `expected`, a noun with its article.
    pub(crate) fn wrong_type(&self, expected: &'static str) {
        let found = match self.value {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Number(_) => "a number",
            Json::String(_) => "a string",
            Json::Array(_) => "a list",
            Json::Object(_) => "an object",
        };
        self.fault(Fault::WrongType { expected, found });
    }
}
