use crate::full::Full;
use crate::words::Words;
use puls_core::definition::{Corner, Definition, Display, Preset};
use puls_core::language::Text;
use puls_core::pieces::Pieces;
use puls_core::segment::Segment;
use std::rc::Rc;

/// What a survey is shown with; it changes while it is open only in what [`Mounted`](crate::element::Mounted) says.
#[derive(Clone)]
pub(crate) struct Setup {
    pub(crate) definition: Rc<Definition>,
    pub(crate) display: Display,
    pub(crate) corner: Corner,
    pub(crate) preset: Preset,
    pub(crate) segment: Segment,
    pub(crate) pieces: Pieces,
    /// There is no room for a matrix, so it is asked one statement at a time.
    pub(crate) narrow: Option<Full>,
    /// Whether the focus was in the survey when that changed.
    pub(crate) in_use: bool,
    /// Whether it came by itself, and so can be put off.
    pub(crate) uncalled: bool,
    /// How often it was asked whether somebody is still there.
    pub(crate) asked: usize,
    /// Whether this browser has told as much as it may, and so asks nothing.
    pub(crate) spent: bool,
    /// The BCP 47 tag that texts are shown in.
    pub(crate) language: String,
    pub(crate) words: Words,
    /// Where releases go, as the respondent is told: an origin.
    pub(crate) destination: String,
}

impl Setup {
    /// A text of the survey as it is read.
    pub(crate) fn read(&self, text: &Text) -> String {
        self.pieces.fill(&self.definition, text, &self.language)
    }

    /// Whether one person after the other answers on this screen.
    pub(crate) fn is_kiosk(&self) -> bool {
        self.display == Display::Kiosk
    }

    /// Whether it lies above the page, and so can be closed.
    pub(crate) fn is_above_page(&self) -> bool {
        matches!(self.display, Display::Popover | Display::Modal | Display::Bar)
    }
}
