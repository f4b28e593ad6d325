//! What the respondent sees and has answered: a pure reducer.

mod change;
mod draft;
mod setup;
#[cfg(test)]
mod tests;

pub(crate) use draft::Draft;
pub(crate) use setup::Setup;

use crate::full::SealedReports;
use puls_core::FULL;
use puls_core::definition::{Item, ItemKind, MechanismKind};
use puls_core::language::Text;
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Outcome, Prepared};
use puls_core::response::{Cell, Response};
use std::rc::Rc;
use yew::Reducible;

/// One open survey.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) setup: Rc<Setup>,
    pub(crate) plan: Rc<Plan>,
    pub(crate) screen: Screen,
    pub(crate) response: Response,
    /// The statement that is being answered; 0 but in a matrix.
    pub(crate) row: usize,
    /// The answer that the keyboard stands on, by its place on the screen.
    pub(crate) cursor: usize,
    /// What has been written. It is never sent.
    pub(crate) drafts: Vec<Draft>,
    /// What the answers lead to, once they are complete and until one of them changes.
    pub(crate) prepared: Option<Rc<Prepared>>,
    /// Whether they are joining those of others, and wait for what has become of these.
    pub(crate) joining: bool,
    /// What that was sealed as, if it was; perhaps what something earlier was.
    pub(crate) sealed: Option<SealedReports>,
    /// What is left of the answers once they are handed over: the thanks that applied and the ways out, as
    /// indices.
    pub(crate) thanks: usize,
    pub(crate) routes: Vec<usize>,
    /// The ways out that were taken, as indices. The thanks may depend on them; nothing that is sent does.
    pub(crate) taken: Vec<usize>,
    /// Whether the view of what is sent covers the screen.
    pub(crate) sent_view: bool,
    /// Whether nobody seems to be there, so that the screen is covered until somebody says otherwise.
    pub(crate) unattended: bool,
}

/// One screenful.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// A shared device waits for somebody.
    Start,
    /// It does so after somebody, of whom nothing is left.
    Curtain,
    /// The item at this index.
    Item(usize),
    /// All answered and handed over.
    Thanks,
    /// Nothing could be handed over, and nothing was.
    Failed,
}

/// What can happen to it.
pub(crate) enum Action {
    /// Somebody begins.
    Begin,
    /// An answer is tapped, or taken by key: a row of the item on screen, and a cell of it.
    Choose(usize, usize),
    /// An arrow key moves to an answer: a row, and a place in it.
    Move(usize, usize),
    /// Something is written: the text, and the options whose words stand in it, one bit a cell.
    Write(String, u32),
    Next,
    Back,
    /// A way out is taken, as an index.
    Take(usize),
    /// These answers were complete, and this is what they lead to.
    Prepared(Rc<Prepared>, Response),
    /// The reports that they lead to are sealed.
    Sealed(SealedReports),
    /// They are about to join those of others, and no longer as prepared.
    Join,
    /// They have joined, and are handed over as this.
    Joined(Rc<Prepared>),
    /// They are handed over as prepared.
    Send,
    /// They can't be prepared.
    Failed,
    ToggleSentView,
    /// Whoever answered is still there.
    GoOn,
    /// The next person, on a shared device, with a plan of their own.
    Restart(Rc<Plan>),
    /// Goes on in another language or with other room, or asks whether somebody is still there.
    Change(Rc<Setup>),
}

impl State {
    pub(crate) fn new(setup: Rc<Setup>, plan: Rc<Plan>) -> Self {
        let response = Response::new(&setup.definition);
        let mut state = Self {
            screen: Screen::Start,
            response,
            row: 0,
            cursor: 0,
            drafts: Vec::new(),
            prepared: None,
            joining: false,
            sealed: None,
            thanks: 0,
            routes: Vec::new(),
            taken: Vec::new(),
            sent_view: false,
            unattended: false,
            setup,
            plan,
        };
        if !state.setup.is_kiosk() {
            state.begin();
        }
        state
    }

    /// The way that the answers so far lead.
    pub(crate) fn path(&self) -> Path<'_> {
        Path::of(&self.setup.definition, &self.plan, &self.setup.segment, &self.response)
    }

    /// Whether the answers join those of others on this device.
    pub(crate) fn joins(&self) -> bool {
        FULL && self.setup.definition.privacy.kind() == MechanismKind::Batched
    }

    /// What was prepared, as reports that are sealed. An answer that is changed has to be sealed anew.
    pub(crate) fn sealed(&self) -> Option<&SealedReports> {
        let prepared = self.prepared.as_ref()?;
        self.sealed.as_ref().filter(|reports| reports.are_of(prepared))
    }

    /// Whether it is to be known what these answers lead to.
    fn awaits(&self, response: &Response) -> bool {
        self.prepared.is_none() && !self.joining && self.response == *response
    }

    /// Whether what the answers lead to can be handed over.
    pub(crate) fn is_ready(&self) -> bool {
        self.prepared.as_ref().is_some_and(|prepared| match prepared.outcome {
            Outcome::Sealed(_) if FULL => self.sealed().is_some(),
            _ => true,
        })
    }

    /// The item on screen and its index.
    pub(crate) fn item(&self) -> Option<(usize, &Item)> {
        let Screen::Item(index) = self.screen else { return None };
        self.setup.definition.items.get(index).map(|item| (index, item))
    }

    /// The line that a row of the item on screen is counted on.
    pub(crate) fn line(&self, row: usize) -> usize {
        self.item().map_or(0, |(index, _)| self.setup.definition.lines(index).start + row)
    }

    /// Whether nothing follows the item on screen, as things stand.
    pub(crate) fn is_last(&self) -> bool {
        self.item().is_some_and(|(index, _)| self.path().next(index).is_none() && !self.has_more_rows())
    }

    /// Whether something lies before the item on screen.
    pub(crate) fn has_back(&self) -> bool {
        self.row_by_row() && self.row > 0
            || self.item().is_some_and(|(index, _)| self.path().previous(index).is_some())
    }

    /// Whether the item on screen may be left behind as it is.
    pub(crate) fn may_leave(&self) -> bool {
        let row = self.row_by_row() && self.response.given(self.line(self.row)).is_some();
        row || self.item().is_some_and(|(index, _)| self.path().is_settled(index))
    }

    /// Whether going on leaves a question without an answer.
    pub(crate) fn is_skip(&self) -> bool {
        let Some((index, _)) = self.item() else { return false };
        let mut lines = self.setup.definition.lines(index);
        let unanswered = |line: usize| self.response.given(line).is_none();
        if self.row_by_row() { unanswered(self.line(self.row)) } else { lines.any(unanswered) }
    }

    /// What has been written to the item on screen.
    pub(crate) fn draft(&self) -> Option<&Draft> {
        let (index, _) = self.item()?;
        self.drafts.iter().find(|draft| draft.item == index)
    }

    /// A text of the survey as it is read.
    pub(crate) fn read(&self, text: &Text) -> String {
        self.setup.read(text)
    }

    /// Whether a matrix is answered one statement at a time.
    pub(crate) fn row_by_row(&self) -> bool {
        FULL && self.setup.narrow
            && self.item().is_some_and(|(_, item)| matches!(item.kind, ItemKind::Matrix(_)))
    }

    fn has_more_rows(&self) -> bool {
        self.row_by_row() && self.item().is_some_and(|(_, item)| self.row + 1 < item.kind.lines())
    }

    fn begin(&mut self) {
        if self.setup.spent {
            self.screen = Screen::Failed;
            return;
        }
        let first = self.path().items().first().copied();
        if let Some(first) = first {
            self.go_to(first, 0);
        }
    }

    fn choose(&mut self, row: usize, cell: usize) {
        let Some((index, item)) = self.item() else { return };
        let goes_on = match item.kind {
            ItemKind::Choices(_) | ItemKind::OpenText(_) => false,
            ItemKind::Matrix(_) => self.setup.narrow,
            // Whoever takes 'other' has something to write.
            ItemKind::Choice(ref choice) => choice.other.is_none() || cell != choice.options.len(),
            _ => true,
        };
        if FULL && let ItemKind::OpenText(_) = item.kind {
            Draft::of(&mut self.drafts, index).correct(cell);
        }
        let line = self.line(row);
        let setup = Rc::clone(&self.setup);
        self.response.tap(&setup.definition, line, Cell(cell));
        self.prepared = None;
        self.row = row;
        self.cursor = self.place(cell);
        if goes_on && !self.is_last() {
            self.next();
        }
    }

    fn write(&mut self, text: String, found: u32) {
        let Some((index, item)) = self.item() else { return };
        let counts = matches!(item.kind, ItemKind::OpenText(_));
        let line = self.line(0);
        let before = self.response.given(line);
        let draft = Draft::of(&mut self.drafts, index);
        draft.write(text, found);
        if counts {
            let after = draft.themes(before.unwrap_or(0));
            let setup = Rc::clone(&self.setup);
            self.response.answer(&setup.definition, line, after);
            self.prepared = None;
        }
    }

    fn next(&mut self) {
        let Some((index, _)) = self.item() else { return };
        if self.has_more_rows() {
            return self.go_to(index, self.row + 1);
        }
        let next = self.path().next(index);
        if let Some(next) = next {
            self.go_to(next, 0);
        }
    }

    fn back(&mut self) {
        let Some((index, _)) = self.item() else { return };
        if self.row_by_row() && self.row > 0 {
            return self.go_to(index, self.row - 1);
        }
        let previous = self.path().previous(index);
        if let Some(previous) = previous {
            self.go_to(previous, 0);
            while self.has_more_rows() {
                self.row += 1;
            }
            self.go_to(previous, self.row);
        }
    }

    fn go_to(&mut self, index: usize, row: usize) {
        self.screen = Screen::Item(index);
        self.row = row;
        self.cursor = self.response.chosen(self.line(row)).map_or(0, |Cell(cell)| self.place(cell));
    }

    /// Where a cell of the item on screen stands.
    fn place(&self, cell: usize) -> usize {
        let shown = self.item().map(|(index, _)| self.plan.cells(&self.setup.definition, index));
        shown.and_then(|cells| cells.iter().position(|known| *known == cell)).unwrap_or(0)
    }

    /// From here on only the release is left; the answers themselves are gone.
    fn send(&mut self) {
        let path = self.path();
        (self.thanks, self.routes) = (path.thanks(&self.taken), path.routes().to_vec());
        self.screen = Screen::Thanks;
        self.joining = false;
        self.response = Response::new(&self.setup.definition);
        self.drafts.clear();
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let prepared = |state: &Self| state.prepared.as_ref().map(Rc::as_ptr);
        Rc::ptr_eq(&self.setup, &other.setup)
            && Rc::ptr_eq(&self.plan, &other.plan)
            && self.screen == other.screen
            && (self.row, self.cursor, self.sent_view) == (other.row, other.cursor, other.sent_view)
            && self.unattended == other.unattended
            && self.joining == other.joining
            && self.response == other.response
            && self.drafts == other.drafts
            && prepared(self) == prepared(other)
            && self.sealed().is_some() == other.sealed().is_some()
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = Self::clone(&self);
        let is_item = state.item().is_some();
        match action {
            Action::Begin if state.is_waiting() => state.begin(),
            Action::Choose(row, cell) => state.choose(row, cell),
            Action::Move(row, cursor) => (state.row, state.cursor) = (row, cursor),
            Action::Write(text, found) if FULL => state.write(text, found),
            Action::Next if state.may_leave() => state.next(),
            Action::Back => state.back(),
            Action::Take(route) if FULL => state.taken.push(route),
            // It comes late: an answer may have changed meanwhile, or the same been prepared already.
            Action::Prepared(prepared, response) if is_item && state.awaits(&response) => {
                state.prepared = Some(prepared);
            }
            Action::Join if FULL && is_item => (state.prepared, state.joining) = (None, true),
            Action::Joined(prepared) if FULL && is_item => {
                state.prepared = Some(prepared);
                state.send();
            }
            Action::Sealed(reports) if is_item => state.sealed = Some(reports),
            Action::Send if is_item && state.is_ready() => state.send(),
            Action::Failed if is_item => state.screen = Screen::Failed,
            Action::ToggleSentView => state.sent_view = !state.sent_view,
            Action::GoOn if FULL => state.unattended = false,
            Action::Restart(plan) if FULL => state = state.restart(plan),
            Action::Change(setup) => state.change(setup),
            _ => {}
        }
        Rc::new(state)
    }
}
