use crate::full::Full;
use crate::words::Words;
use puls_core::definition::{Corner, Definition, Display, Preset};
use puls_core::language::Text;
use puls_core::pieces::Pieces;
use puls_core::segment::Segment;
use std::rc::Rc;

/// Everything that a survey is shown with. While it is open, only the methods of [`Mounted`](crate::element::Mounted)
/// change it.
#[derive(Clone)]
pub(crate) struct Setup {
    pub(crate) definition: Rc<Definition>,
    pub(crate) display: Display,
    pub(crate) corner: Corner,
    pub(crate) preset: Preset,
    pub(crate) segment: Segment,
    pub(crate) pieces: Pieces,
    /// `Some` if there is no room for a matrix, so that it is asked one statement at a time.
    pub(crate) narrow: Option<Full>,
    /// Whether the focus was in the survey when `narrow` last changed.
    pub(crate) in_use: bool,
    /// Whether a trigger opened the survey, so that it can be put off.
    pub(crate) uncalled: bool,
    /// How often the widget has asked whether somebody is still there.
    pub(crate) asked: usize,
    /// Whether this browser has spent its lifetime ε, so that the survey asks nothing.
    pub(crate) spent: bool,
    /// The BCP 47 tag that texts are shown in.
    pub(crate) language: String,
    pub(crate) words: Words,
    /// The origin that releases go to, as the respondent is told.
    pub(crate) destination: String,
}

impl Setup {
    /// A text of the survey as the respondent reads it.
    pub(crate) fn read(&self, text: &Text) -> String {
        self.pieces.fill(&self.definition, text, &self.language)
    }

    /// Whether people answer on this screen one after another.
    pub(crate) fn is_kiosk(&self) -> bool {
        self.display == Display::Kiosk
    }

    /// Whether the survey lies above the page, and so can be closed.
    pub(crate) fn is_above_page(&self) -> bool {
        matches!(self.display, Display::Popover | Display::Modal | Display::Bar)
    }
}
