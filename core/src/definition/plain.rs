use super::{Definition, Display, Item, ItemKind, Mechanism, Order, ScaleStyle};

impl Definition {
    /// Whether the plain build, which is without [`FULL`](crate::FULL), can show this survey.
    pub fn is_plain(&self) -> bool {
        let is_drawn = self.order != Order::Given || self.sample.is_some();
        let is_routed = !self.routing.jumps.is_empty() || !self.routing.routes.is_empty();
        let links = self.thanks.iter().any(|thanks| thanks.link.is_some());
        // Long scales may be randomised by a square wave, which the plain build lacks.
        let is_long = |item: &Item| matches!(&item.kind, ItemKind::Rating(rating) if rating.scale.points > 7);
        self.items.iter().all(|item| is_plain(item) && !is_long(item))
            && matches!(self.privacy, Mechanism::Randomised { .. })
            && !(is_drawn || is_routed || links)
            && self.derived.is_empty()
            && self.joint.lines().is_empty()
            && self.pieces.is_empty()
            && self.thanks.len() < 2
            && self.show.display != Display::Kiosk
    }
}

fn is_plain(item: &Item) -> bool {
    let is_kind = match &item.kind {
        ItemKind::NetPromoter(_) | ItemKind::Agreement(_) => true,
        ItemKind::Rating(rating) => rating.scale.style == ScaleStyle::Numbers && rating.labels.is_empty(),
        ItemKind::Choice(choice) => !choice.shuffle && choice.other.is_none(),
        ItemKind::Notice(notice) => notice.link.is_none(),
        ItemKind::Matrix(_) | ItemKind::Choices(_) | ItemKind::OpenText(_) | ItemKind::Count(_) => false,
    };
    is_kind && item.when.is_none() && item.variants.is_empty()
}
