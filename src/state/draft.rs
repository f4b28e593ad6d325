/// What a respondent has written to one item, and what was found in it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// The item's index.
    pub(crate) item: usize,
    pub(crate) text: String,
    /// The options whose words stand in the text, one bit for each cell.
    pub(crate) found: u32,
    /// The themes that the respondent has corrected. The text no longer decides about them.
    corrected: u32,
}

impl Draft {
    /// The item's draft. Begins one if there is none.
    pub(super) fn of(drafts: &mut Vec<Self>, item: usize) -> &mut Self {
        let known = drafts.iter().position(|draft| draft.item == item);
        let at = known.unwrap_or(drafts.len());
        if known.is_none() {
            drafts.push(Self { item, text: String::new(), found: 0, corrected: 0 });
        }
        #[expect(clippy::indexing_slicing, reason = "it was found there, or has just been put there")]
        &mut drafts[at]
    }

    pub(super) fn write(&mut self, text: String, found: u32) {
        (self.text, self.found) = (text, found);
    }

    pub(super) fn correct(&mut self, theme: usize) {
        self.corrected |= 1 << theme.min(31);
    }

    /// The themes that count now, where those in `before` counted until now. `None` if the text is empty and no theme
    /// counts.
    pub(super) fn themes(&self, before: u32) -> Option<u32> {
        let themes = self.found & !self.corrected | before & self.corrected;
        (themes > 0 || !self.text.is_empty()).then_some(themes)
    }
}
