use puls_analysis::organisation::Facts;

/// What an organisation has told besides answers.
#[derive(Default)]
pub(crate) struct Imports {
    /// Which edition of it this is, as the setting [`EDITION`] says.
    pub(crate) edition: Option<String>,
    /// The file of units that was imported last.
    pub(crate) units: Option<String>,
    /// The file of benchmarks that was imported last.
    pub(crate) benchmarks: Option<String>,
    /// All facts that were ever imported; the last import counts.
    pub(crate) facts: Facts,
}

/// A file to import, which has been checked.
pub(crate) enum Import {
    /// Replaces all units.
    Units(String),
    /// Replaces all benchmarks.
    Benchmarks(String),
    /// Adds facts, and replaces those of the same unit, wave and measure.
    Facts(Facts),
}

/// The setting that has another value after each import.
pub(crate) const EDITION: &str = "organisation_edition";
