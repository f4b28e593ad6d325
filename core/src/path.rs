//! The way through a survey: which items are asked, in which order, and with which texts.
//!
//! A [`Plan`] is drawn once for each respondent. A [`Path`] follows from the plan, the segment and the answers so far,
//! and is worked out anew whenever one of them changes. Only answers to items on the path count: respondents who go
//! back and take another way leave the others behind.

mod answers;
mod plan;

pub(crate) use answers::Answers;
pub use plan::Plan;

use crate::definition::{Condition, Definition};
use crate::language::Text;
use crate::response::Response;
use crate::segment::Segment;

/// The way that the answers so far lead through a survey.
///
/// Past the first item without an answer, it is the way of a respondent who answers nothing more. Each answer may
/// change what comes after its item, never what comes before. Like a [`Response`], a path can be neither printed nor
/// serialised.
///
/// ```compile_fail
/// fn printable<T: std::fmt::Debug>() {}
/// printable::<puls_core::path::Path>();
/// ```
#[derive(Clone)]
pub struct Path<'a> {
    definition: &'a Definition,
    plan: &'a Plan,
    segment: &'a Segment,
    response: &'a Response,
    items: Vec<usize>,
    routes: Vec<usize>,
}

impl<'a> Path<'a> {
    /// Walks through a survey. It ends with any definition: it looks at each item once, since jumps lead onwards only.
    pub fn of(
        definition: &'a Definition,
        plan: &'a Plan,
        segment: &'a Segment,
        response: &'a Response,
    ) -> Self {
        let mut path = Self { definition, plan, segment, response, items: Vec::new(), routes: Vec::new() };
        let mut answers = Answers::none(definition, plan, segment);
        path.offer(&answers);
        let mut next = 0;
        for &item in plan.items() {
            // Where the order is drawn, nothing jumps, so `next` stays 0.
            let Some(entry) = definition.items.get(item).filter(|_| item >= next) else { continue };
            if entry.when.as_ref().is_some_and(|when| !answers.holds(when)) {
                continue;
            }
            path.items.push(item);
            if answers.take(item, response) {
                path.offer(&answers);
            }
            next = jump(definition, item, &answers).unwrap_or(next);
        }
        path
    }

    /// The items on the way, as indices into the definition's, in the order in which they are asked.
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// The item after this one; the first item if this one isn't on the way.
    pub fn next(&self, item: usize) -> Option<usize> {
        self.items.get(self.place(item).map_or(0, |place| place + 1)).copied()
    }

    /// The item before this one.
    pub fn previous(&self, item: usize) -> Option<usize> {
        self.items.get(self.place(item)?.checked_sub(1)?).copied()
    }

    /// Whether the respondent may go on from an item: it is answered, or isn't required.
    pub fn is_settled(&self, item: usize) -> bool {
        let is_required = self.definition.items.get(item).is_some_and(|item| item.required);
        !is_required || self.definition.lines(item).all(|line| self.response.given(line).is_some())
    }

    /// Whether every item on the way is settled.
    pub fn is_complete(&self) -> bool {
        self.unsettled().is_none()
    }

    /// An item's text: the first of its variants whose condition held when the respondent came to it, else its own
    /// text. Later answers don't change it, so that somebody who goes back finds it as it was.
    pub fn text(&self, item: usize) -> Option<&'a Text> {
        let entry = self.definition.items.get(item)?;
        let answers = self.answers_before(item);
        let variant = entry.variants.iter().find(|variant| answers.holds(&variant.when));
        Some(variant.map_or(&entry.text, |variant| &variant.text))
    }

    /// The ways out that are offered by now, as indices into the definition's. Their conditions held at the start or
    /// after some answer on the way.
    pub fn routes(&self) -> &[usize] {
        &self.routes
    }

    /// Which thanks somebody sees who has taken these ways out, as an index into the definition's: the first whose
    /// condition holds.
    pub fn thanks(&self, taken: &[usize]) -> usize {
        let answers = self.answers().with_taken(taken);
        let mut all = self.definition.thanks.iter();
        all.position(|thanks| holds(&answers, thanks.when.as_ref())).unwrap_or(0)
    }

    /// The first item on the way that still has to be answered.
    pub(crate) fn unsettled(&self) -> Option<usize> {
        self.items.iter().copied().find(|item| !self.is_settled(*item))
    }

    pub(crate) fn definition(&self) -> &'a Definition {
        self.definition
    }

    pub(crate) fn segment(&self) -> &'a Segment {
        self.segment
    }

    /// The answers on the whole way.
    pub(crate) fn answers(&self) -> Answers<'a> {
        self.answers_before(usize::MAX)
    }

    /// The answers on the way to an item.
    fn answers_before(&self, item: usize) -> Answers<'a> {
        let mut answers = Answers::none(self.definition, self.plan, self.segment);
        for before in self.items.iter().take_while(|before| **before != item) {
            answers.take(*before, self.response);
        }
        answers
    }

    fn place(&self, item: usize) -> Option<usize> {
        self.items.iter().position(|known| *known == item)
    }

    /// Adds the ways out whose conditions hold by now.
    fn offer(&mut self, answers: &Answers<'_>) {
        for (index, route) in self.definition.routing.routes.iter().enumerate() {
            if !self.routes.contains(&index) && holds(answers, route.when.as_ref()) {
                self.routes.push(index);
            }
        }
    }
}

/// Where the jump leads that is taken after an item: the first whose condition holds.
fn jump(definition: &Definition, item: usize, answers: &Answers<'_>) -> Option<usize> {
    let mut jumps = definition.routing.jumps.iter().filter(|jump| jump.after == item);
    jumps.find(|jump| holds(answers, jump.when.as_ref())).map(|jump| jump.to)
}

fn holds(answers: &Answers<'_>, when: Option<&Condition>) -> bool {
    when.is_none_or(|when| answers.holds(when))
}
