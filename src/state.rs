//! What the respondent sees and has answered: a pure reducer.

mod change;
mod draft;
mod screen;
mod setup;
#[cfg(test)]
mod tests;

pub(crate) use draft::Draft;
pub(crate) use screen::{Outgoing, Progress, Screen};
pub(crate) use setup::Setup;

use crate::full::{Full, SealedReports};
use puls_core::FULL;
use puls_core::definition::{Item, ItemKind, LineIndex, MechanismKind};
use puls_core::language::Text;
use puls_core::path::{Path, Plan};
use puls_core::privacy::Prepared;
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
    /// The statement of a matrix that is being answered; 0 for all other items.
    pub(crate) row: usize,
    /// The place on the screen of the answer that the keyboard stands on.
    pub(crate) cursor: usize,
    /// What the respondent has written. It is never sent.
    pub(crate) drafts: Vec<Draft>,
    /// The indices of the ways out that were taken. The thanks may depend on them; nothing that is sent does.
    pub(crate) taken: Vec<usize>,
    /// Whether the view of what is sent covers the screen.
    pub(crate) sent_view: bool,
    /// Whether the respondent seems to have left. The screen is covered until they say that they are still there.
    pub(crate) unattended: bool,
}

/// What can happen to an open survey.
pub(crate) enum Action {
    /// Somebody begins.
    Begin,
    /// Chooses an answer by tap or key: a row of the item on screen, and a cell in it.
    Choose(usize, usize),
    /// Moves to an answer by an arrow key: a row, and a place in it.
    Move(usize, usize),
    /// Writes a text. The bits are the options whose words stand in it, one for each cell.
    Write(String, u32),
    Next,
    Back,
    /// Takes the way out with this index.
    Take(usize),
    /// What was prepared from these answers.
    Prepared(Rc<Prepared>, Response),
    /// The prepared reports are sealed.
    Sealed(SealedReports),
    /// The answers are about to join a batch. What was prepared from them no longer holds.
    Join(Full),
    /// The answers have joined a batch, with this outcome.
    Joined(Rc<Prepared>),
    /// Hands over what was prepared.
    Send,
    /// The answers can't be prepared, sealed or added to a batch.
    Failed,
    ToggleSentView,
    /// The respondent is still there.
    GoOn,
    /// Starts again for the next person, with a new plan.
    Restart(Rc<Plan>),
    /// Changes the language or the room, or asks whether somebody is still there.
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

    /// `Some` if the answers join a batch on this device.
    pub(crate) fn joins(&self) -> Option<Full> {
        Full::here().filter(|_| self.setup.definition.privacy.kind() == MechanismKind::Batched)
    }

    /// Whether it isn't worked out yet what the answers lead to.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.screen, Screen::Item(_, Progress::Open))
    }

    /// What the answers lead to, or led to.
    pub(crate) fn outgoing(&self) -> Option<&Outgoing> {
        match &self.screen {
            Screen::Item(_, Progress::Known(outgoing)) | Screen::Thanks { sent: outgoing, .. } => {
                Some(outgoing)
            }
            _ => None,
        }
    }

    /// Whether what the answers lead to can be handed over.
    pub(crate) fn is_ready(&self) -> bool {
        self.outgoing().is_some_and(Outgoing::is_ready)
    }

    /// The item on screen and its index.
    pub(crate) fn item(&self) -> Option<(usize, &Item)> {
        let Screen::Item(index, _) = self.screen else { return None };
        self.setup.definition.items.get(index).map(|item| (index, item))
    }

    /// The cells that a row of the item on screen was answered with, one bit each.
    fn given(&self, row: usize) -> Option<u32> {
        self.response.given(self.line(row)?)
    }

    /// The cell that a row of the item on screen was answered with; the first, if there are several.
    pub(crate) fn chosen(&self, row: usize) -> Option<Cell> {
        self.response.chosen(self.line(row)?)
    }

    /// Whether the item on screen, which has one line, was answered with a cell, alone or among others.
    pub(crate) fn has(&self, cell: Cell) -> bool {
        self.line(0).is_some_and(|line| self.response.has(line, cell))
    }

    /// The line that a row of the item on screen is counted on; `None` for a notice.
    fn line(&self, row: usize) -> Option<LineIndex> {
        self.setup.definition.lines(self.item()?.0).nth(row)
    }

    /// Whether nothing follows the item on screen, by the answers so far.
    pub(crate) fn is_last(&self) -> bool {
        self.item().is_some_and(|(index, _)| self.path().next(index).is_none() && !self.has_more_rows())
    }

    /// Whether there is something to go back to.
    pub(crate) fn has_back(&self) -> bool {
        self.row_by_row() && self.row > 0
            || self.item().is_some_and(|(index, _)| self.path().previous(index).is_some())
    }

    /// Whether the respondent may go on from the item on screen.
    pub(crate) fn may_leave(&self) -> bool {
        let row = self.row_by_row() && self.given(self.row).is_some();
        row || self.item().is_some_and(|(index, _)| self.path().is_settled(index))
    }

    /// Whether going on leaves a question without an answer.
    pub(crate) fn is_skip(&self) -> bool {
        let Some((index, _)) = self.item() else { return false };
        let mut lines = self.setup.definition.lines(index);
        if self.row_by_row() {
            self.given(self.row).is_none()
        } else {
            lines.any(|line| self.response.given(line).is_none())
        }
    }

    /// What the respondent has written to the item on screen.
    pub(crate) fn draft(&self) -> Option<&Draft> {
        let (index, _) = self.item()?;
        self.drafts.iter().find(|draft| draft.item == index)
    }

    /// A text of the survey as the respondent reads it.
    pub(crate) fn read(&self, text: &Text) -> String {
        self.setup.read(text)
    }

    /// Whether a matrix is answered one statement at a time.
    pub(crate) fn row_by_row(&self) -> bool {
        self.setup.narrow.is_some()
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
            self.screen = Screen::Item(first, Progress::Open);
            self.go_to(first, 0);
        }
    }

    fn choose(&mut self, row: usize, cell: usize) {
        let (Some((index, item)), Some(line)) = (self.item(), self.line(row)) else { return };
        let goes_on = match item.kind {
            ItemKind::Choices(_) | ItemKind::OpenText(_) => false,
            ItemKind::Matrix(_) => self.setup.narrow.is_some(),
            // Whoever chooses 'other' has something to write.
            ItemKind::Choice(ref choice) => choice.other.is_none() || cell != choice.options.len(),
            _ => true,
        };
        if FULL && let ItemKind::OpenText(_) = item.kind {
            Draft::of(&mut self.drafts, index).correct(cell);
        }
        let setup = Rc::clone(&self.setup);
        self.response.tap(&setup.definition, line, Cell(cell));
        self.reopen();
        self.row = row;
        self.cursor = self.place(cell);
        if goes_on && !self.is_last() {
            self.next();
        }
    }

    fn write(&mut self, text: String, found: u32) {
        let (Some((index, item)), Some(line)) = (self.item(), self.line(0)) else { return };
        let counts = matches!(item.kind, ItemKind::OpenText(_));
        let before = self.response.given(line);
        let draft = Draft::of(&mut self.drafts, index);
        draft.write(text, found);
        if counts {
            let after = draft.themes(before.unwrap_or(0));
            let setup = Rc::clone(&self.setup);
            self.response.answer(&setup.definition, line, after);
            self.reopen();
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
        if let Screen::Item(on_screen, _) = &mut self.screen {
            *on_screen = index;
        }
        self.row = row;
        self.cursor = self.chosen(row).map_or(0, |Cell(cell)| self.place(cell));
    }

    /// The place of a cell of the item on screen among its answers.
    fn place(&self, cell: usize) -> usize {
        let shown = self.item().map(|(index, _)| self.plan.cells(&self.setup.definition, index));
        shown.and_then(|cells| cells.iter().position(|known| *known == cell)).unwrap_or(0)
    }

    /// Discards what was prepared, since an answer has changed. Answers that are joining a batch aren't affected.
    fn reopen(&mut self) {
        if let Screen::Item(_, Progress::Known(_)) = self.screen {
            self.proceed(Progress::Open);
        }
    }

    fn proceed(&mut self, to: Progress) {
        if let Screen::Item(_, progress) = &mut self.screen {
            *progress = to;
        }
    }

    /// Shows the thanks and forgets the answers. Only what was handed over is left.
    fn hand_over(&mut self, sent: Outgoing) {
        let path = self.path();
        let (thanks, routes) = (path.thanks(&self.taken), path.routes().to_vec());
        self.screen = Screen::Thanks { sent, thanks, routes };
        self.response = Response::new(&self.setup.definition);
        self.drafts.clear();
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = Self::clone(&self);
        match (action, &self.screen) {
            (Action::Begin, Screen::Start | Screen::Curtain) => state.begin(),
            (Action::Choose(row, cell), _) => state.choose(row, cell),
            (Action::Move(row, cursor), _) => (state.row, state.cursor) = (row, cursor),
            (Action::Write(text, found), _) if FULL => state.write(text, found),
            (Action::Next, _) if state.may_leave() => state.next(),
            (Action::Back, _) => state.back(),
            (Action::Take(route), _) if FULL => state.taken.push(route),
            // Preparing takes time. An answer may have changed meanwhile, or the same answers may have been prepared
            // already.
            (Action::Prepared(prepared, response), Screen::Item(_, Progress::Open))
                if self.response == response =>
            {
                state.proceed(Progress::Known(Outgoing::Prepared(prepared)));
            }
            (Action::Sealed(reports), Screen::Item(_, Progress::Known(Outgoing::Prepared(prepared))))
                if reports.are_of(prepared) =>
            {
                state.proceed(Progress::Known(Outgoing::Sealed(reports)));
            }
            (Action::Join(full), _) => state.proceed(Progress::Joining(full)),
            (Action::Joined(prepared), Screen::Item(_, Progress::Joining(_))) => {
                state.hand_over(Outgoing::Prepared(prepared));
            }
            (Action::Send, Screen::Item(_, Progress::Known(outgoing))) if outgoing.is_ready() => {
                state.hand_over(outgoing.clone());
            }
            (Action::Failed, Screen::Item(..)) => state.screen = Screen::Failed,
            (Action::ToggleSentView, _) => state.sent_view = !state.sent_view,
            (Action::GoOn, _) if FULL => state.unattended = false,
            (Action::Restart(plan), _) if FULL => state = state.restart(plan),
            (Action::Change(setup), _) => state.change(setup),
            _ => {}
        }
        Rc::new(state)
    }
}
