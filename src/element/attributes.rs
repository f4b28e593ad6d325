use puls_core::definition::{Corner, Definition, Display, Preset};
use puls_core::pieces::Pieces;
use puls_core::segment::Segment;
use web_sys::Element;

/// What the host element's attributes say. The definition decides where they are missing or wrong.
pub(super) struct Attributes {
    pub(super) display: Display,
    pub(super) corner: Corner,
    pub(super) preset: Preset,
    pub(super) segment: Segment,
    pub(super) pieces: Pieces,
    /// The attributes' mistakes, each with its attribute's name and what is allowed.
    pub(super) problems: Vec<String>,
}

impl Attributes {
    pub(super) fn read(host: &Element, definition: &Definition) -> Self {
        let (show, mut problems) = (&definition.show, Vec::new());
        let mut reader = Reader { host, problems: &mut problems };
        Self {
            display: reader.named("display", show.display, &Display::NAMES),
            corner: reader.named("corner", show.corner, &Corner::NAMES),
            preset: reader.named("preset", show.preset, &Preset::NAMES),
            segment: reader.all("segment-", |given| Segment::new(&definition.segments, given)),
            pieces: reader.all("text-", |given| {
                Pieces::new(definition, given).map_err(|fault| format!("text-*: {fault}"))
            }),
            problems,
        }
    }
}

struct Reader<'a> {
    host: &'a Element,
    problems: &'a mut Vec<String>,
}

impl Reader<'_> {
    /// Reads an attribute whose value is one of a closed list of names.
    fn named<T: Copy>(&mut self, name: &str, otherwise: T, names: &[(&str, T)]) -> T {
        let Some(given) = self.host.get_attribute(name) else { return otherwise };
        if let Some((_, value)) = names.iter().find(|(known, _)| *known == given) {
            return *value;
        }
        let allowed: Vec<&str> = names.iter().map(|(known, _)| *known).collect();
        self.problems.push(format!("{name}: \"{given}\" is unknown; allowed are {}", allowed.join(", ")));
        otherwise
    }

    /// Reads all attributes whose names begin with `prefix`.
    fn all<T: Default, E: ToString>(
        &mut self,
        prefix: &str,
        read: impl FnOnce(Vec<(&str, &str)>) -> Result<T, E>,
    ) -> T {
        let mut given = Vec::new();
        for name in self.host.get_attribute_names().iter().filter_map(|name| name.as_string()) {
            if let (Some(own), Some(value)) = (name.strip_prefix(prefix), self.host.get_attribute(&name)) {
                given.push((own.to_owned(), value));
            }
        }
        let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        read(given).unwrap_or_else(|error| {
            self.problems.push(error.to_string());
            T::default()
        })
    }
}
