//! A release as the collector receives it: untrusted text, checked against the survey's definition.

mod derived;
mod expected;
mod products;

pub use expected::Expected;

use puls_core::definition::{Counted, Definition, Mechanism, MechanismKind, read_survey_id, read_version};
use puls_core::joint_sums::JointSums;
use puls_core::privacy::{read_release_id, released_cells};
use puls_core::read::{Fault, Json, Node, Problems, document};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_core::wave::Wave;

/// The size of the longest release that is read, in bytes.
pub const MAX_BYTES: usize = 65_536;

/// A release that fits its survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The release's id: 32 hexadecimal digits.
    pub id: String,
    /// The survey's id.
    pub survey: String,
    /// The version of the definition that the answers were given to.
    pub version: u32,
    /// The wave in which it was answered. No release has a more exact time.
    pub wave: Wave,
    /// The segment values of the people in it.
    pub segment: Segment,
    /// How the answers were protected.
    pub mechanism: Mechanism,
    /// How many people's answers it sums up.
    pub respondents: u64,
    /// The counts of each line, in the definition's order. Under `direct` each line is posted by itself, so there is
    /// only one.
    pub items: Vec<(String, Counts)>,
    /// The sums of products, where the survey has joint lines.
    pub joint: Option<JointSums>,
}

impl Received {
    /// Reads a release and checks it against what `find` returns for its survey and version: a definition, or one that
    /// came [after](Expected::after) others.
    ///
    /// # Errors
    /// Returns every mistake in the release, such as `items.recommend.cells: has 4 entries; allowed are 3 to 3`.
    pub fn parse<'a, E: Into<Expected<'a>>>(
        text: &str,
        find: impl FnOnce(&str, u32) -> Option<E>,
    ) -> Result<Self, Problems> {
        let json = Json::parse(text, MAX_BYTES)?;
        let header = document(&json, Header::read)?;
        let Some(expected) = find(&header.survey, header.version) else {
            let found = format!("{} version {}", header.survey, header.version);
            let allowed = "the surveys and versions that this collector serves".to_owned();
            return Err(Problems::at("survey", Fault::NotOneOf { found, allowed }));
        };
        let expected = expected.into();
        document(&json, |node| Self::read(node, header, &expected))
    }

    fn read(node: &Node<'_>, header: Header, expected: &Expected<'_>) -> Self {
        let definition = expected.definition;
        let nobody = JointSums::empty(definition);
        let joint = nobody.as_ref().map(|_| "joint");
        let fields = node.fields(&FIELDS.into_iter().chain(joint).collect::<Vec<_>>());
        let respondents = fields.required("respondents", |node| node.integer(expected.respondents()));
        let items = fields.required("items", |items| read_items(items, definition, respondents));
        let joint = nobody.and_then(|nobody| {
            fields.required("joint", |node| products::read(node, definition, nobody, &items, respondents))
        });
        let received = Self {
            id: fields.required("id", read_release_id),
            survey: header.survey,
            version: header.version,
            wave: fields.required("wave", |wave| read_wave(wave, definition)),
            segment: fields.required("segment", |segment| Segment::read(segment, &definition.segments)),
            mechanism: fields.required("mechanism", |node| read_mechanism(node, definition)),
            respondents: respondents.into(),
            items,
            joint,
        };
        // Only `batched` counts all lines over the same people. Under `direct` each line is posted by itself, and under
        // `randomised` each has noise of its own.
        let is_together = definition.privacy.kind() == MechanismKind::Batched;
        if is_together && expected.respondents().contains(&respondents) {
            fields.optional("items", (), |items| derived::check(items, definition, &received));
        }
        received
    }
}

/// The fields of every release. If the survey has joint lines, a release has `joint` as well.
const FIELDS: [&str; 9] =
    ["format", "id", "survey", "version", "wave", "segment", "mechanism", "respondents", "items"];

/// The fields that tell which definition the others have to fit.
struct Header {
    survey: String,
    version: u32,
}

impl Header {
    fn read(node: &Node<'_>) -> Self {
        let fields = node.members();
        fields.required("format", |format| format.one_of(&["puls-release/1"]));
        Self {
            survey: fields.required("survey", read_survey_id),
            version: fields.required("version", read_version),
        }
    }
}

/// 2026-11-21 in days since 1970. Messages name its wave as an example.
const EXAMPLE_DAY: i32 = 20_778;

fn read_wave(node: &Node<'_>, definition: &Definition) -> Wave {
    let form = |text: &str| Wave::parse(text).is_some();
    let text = node.form("a wave such as 2026-W47, 2026-11 or 2026-Q4", form);
    let example = Wave::of(definition.wave, EXAMPLE_DAY);
    let wave = Wave::parse(&text).unwrap_or(example);
    if wave.period() != definition.wave {
        node.fault(Fault::Differs { found: text, expected: format!("waves such as {example}") });
    }
    wave
}

fn read_mechanism(node: &Node<'_>, definition: &Definition) -> Mechanism {
    let mechanism = Mechanism::read_stated(node);
    let (found, expected) = (mechanism.to_string(), definition.privacy.to_string());
    if found != expected {
        node.fault(Fault::Differs { found, expected });
    }
    mechanism
}

fn read_items(node: &Node<'_>, definition: &Definition, respondents: u32) -> Vec<(String, Counts)> {
    let lines = definition.counted();
    let ids: Vec<&str> = lines.iter().map(|line| line.id).collect();
    if definition.privacy.kind() == MechanismKind::Direct {
        return read_one(node, definition, &lines, &ids);
    }
    let fields = node.fields(&ids);
    let read = |line: &Counted<'_>| {
        let counts = |node: &Node<'_>| Some(read_counts(node, definition, line, respondents));
        Some((line.id.to_owned(), fields.required(line.id, counts)?))
    };
    lines.iter().filter_map(read).collect()
}

/// Reads the only line of a release under `direct`, which posts each line by itself.
fn read_one(
    node: &Node<'_>,
    definition: &Definition,
    lines: &[Counted<'_>],
    ids: &[&str],
) -> Vec<(String, Counts)> {
    let fields = node.fields(ids);
    let known = |(id, node): (&str, Node<'_>)| {
        let line = lines.iter().find(|line| line.id == id)?;
        Some((id.to_owned(), read_counts(&node, definition, line, 1)))
    };
    node.length(fields.iter().count(), "entries", 1..=1);
    fields.iter().filter_map(known).collect()
}

fn read_counts(node: &Node<'_>, definition: &Definition, line: &Counted<'_>, respondents: u32) -> Counts {
    let cells = released_cells(definition, line);
    let fields = node.fields(&["cells", "missing"]);
    let Some(counts) = Counts::read(&fields, cells, respondents) else { return Counts::empty(cells) };
    if line.is_multiple() {
        // The bits for the options and the bit for "no answer" are randomised separately, so a report may have both.
        let is_apart = line.may_miss && definition.privacy.kind() == MechanismKind::Randomised;
        let missing = if is_apart { 0 } else { counts.missing() };
        let answered = u64::from(respondents).saturating_sub(missing);
        let found = counts.cells().iter().copied().max().unwrap_or(0);
        if found > answered {
            node.fault(Fault::MoreThanAnswered { found, answered });
        }
    } else {
        let found = counts.total().saturating_add(counts.missing());
        if found != u64::from(respondents) {
            node.fault(Fault::Sum { found, respondents: respondents.into() });
        }
    }
    if !line.may_miss && !line.sampled && counts.missing() > 0 {
        node.fault(Fault::Differs { found: "left unanswered".into(), expected: "it is required".into() });
    }
    counts
}
