//! What the page changes in an open survey: the person, the language, the room.

use super::{Screen, Setup, State};
use puls_core::FULL;
use puls_core::definition::{Item, ItemKind};
use puls_core::path::Plan;
use std::rc::Rc;

impl State {
    /// Whether the curtain covers everything.
    pub(crate) fn is_covered(&self) -> bool {
        self.unattended || matches!(self.screen, Screen::Curtain)
    }

    /// Whether a shared device waits for somebody to begin.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.screen, Screen::Start | Screen::Curtain)
    }

    pub(super) fn restart(&self, plan: Rc<Plan>) -> Self {
        let state = Self::new(Rc::clone(&self.setup), plan);
        let is_kiosk = state.setup.is_kiosk();
        if is_kiosk { Self { screen: Screen::Curtain, ..state } } else { state }
    }

    pub(super) fn change(&mut self, setup: Rc<Setup>) {
        self.unattended |= FULL && setup.asked != self.setup.asked && !self.is_waiting();
        let refits = setup.narrow != self.setup.narrow;
        self.setup = setup;
        if refits {
            self.refit();
        }
    }

    /// When its room changes, a matrix goes on at its first statement without an answer.
    fn refit(&mut self) {
        let Some((index, Item { kind: kind @ ItemKind::Matrix(_), .. })) = self.item() else { return };
        let (mut rows, last) = (0..kind.lines(), kind.lines().saturating_sub(1));
        let open = rows.find(|row| self.given(*row).is_none());
        self.go_to(index, open.unwrap_or(last));
    }
}
