//! What published figures mean: how they change, which teams need help, and what goes together with what.
//!
//! In come the published figures of surveys, wave by wave and group by group ([`Panel`]); out go the answers to a
//! manager's questions, one type for each: how a survey's measures develop ([`Trend`]), how its teams compare ([`Teams`]),
//! what an outcome goes together with ([`Drivers`]), whether customers notice ([`Links`]), where figures stand among others
//! ([`Comparisons`]), and the most important of these on one screen ([`Overview`]).
//!
//! All figures are made of what disclosure has published, so nothing here can tell more than the results do. A figure that
//! can't be given says in a sentence what is missing ([`Figure`]).

mod comparison;
mod drivers;
mod figure;
mod links;
mod measure;
mod overview;
mod panel;
mod teams;
mod trend;

pub use comparison::{Comparisons, MeasureComparison, Place, ReferencePlace, SurveyComparison, UnitPlace};
pub use drivers::{Driver, Drivers, Evidence};
pub use figure::{Figure, Gap, Missing, Number};
pub use links::{Link, LinkedUnit, Links, Side, SurveyMeasure};
pub use measure::{Measure, MeasureKind};
pub use overview::{EngagedGroup, Engagement, Headline, Help, LeadingFigure, Overview, Reference};
pub use panel::{Panel, Slice};
pub use teams::{LargerUnit, MeasureTeams, Team, Teams};
pub use trend::{Direction, Mark, MeasureTrend, Trend, WaveFigure, WaveLabel};

use crate::results::filled;
use puls_core::definition::Definition;
use serde::Serialize;

/// The segment that tells teams apart, unless somebody asks for another one.
pub const UNIT: &str = "unit";

/// Which survey an answer is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyLabel {
    /// The survey's id.
    pub survey: String,
    /// Its current version.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// `customer` or `employee`.
    pub audience: String,
}

impl SurveyLabel {
    /// The label of a survey, in `language`.
    pub fn of(definition: &Definition, language: &str) -> Self {
        Self {
            survey: definition.id.clone(),
            version: definition.version,
            title: filled(definition, &definition.title, language),
            audience: definition.audience.name().to_owned(),
        }
    }
}
