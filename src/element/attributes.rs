use puls_core::definition::{Definition, Display};
use puls_core::segment::Segment;
use web_sys::Element;

/// What the host element's attributes say, with the definition's word where they are silent or wrong.
pub(super) struct Attributes {
    pub(super) display: Display,
    /// A BCP 47 tag.
    pub(super) language: String,
    pub(super) segment: Segment,
    /// What is wrong with them, each with its name and what is allowed.
    pub(super) problems: Vec<String>,
}

impl Attributes {
    pub(super) fn read(host: &Element, definition: &Definition) -> Self {
        let mut problems = Vec::new();
        let mut display = definition.show.display;
        if let Some(name) = host.get_attribute("display") {
            match Display::named(&name) {
                Some(named) => display = named,
                None => problems.push(format!("display: \"{name}\" is unknown; allowed are popover, inline")),
            }
        }
        let segment = read_segment(host, definition).unwrap_or_else(|problem| {
            problems.push(problem);
            Segment::default()
        });
        Self { display, language: read_language(host), segment, problems }
    }
}

/// The element's own language, else that of the nearest element around it that has one.
fn read_language(host: &Element) -> String {
    let nearest = host.closest("[lang]").ok().flatten();
    nearest.and_then(|element| element.get_attribute("lang")).unwrap_or_default()
}

fn read_segment(host: &Element, definition: &Definition) -> Result<Segment, String> {
    let mut chosen = Vec::new();
    for name in host.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if let (Some(segment), Some(value)) = (name.strip_prefix("segment-"), host.get_attribute(&name)) {
            chosen.push((segment.to_owned(), value));
        }
    }
    let chosen = chosen.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Segment::new(definition, chosen).map_err(|error| error.to_string())
}
