//! Respondents whose answers are lopsided, and what the widget's own code makes of them.

use super::{below, one_of};
use puls_core::definition::{Counted, Definition, Item, ItemKind, Mechanism, Source};
use puls_core::path::{Path, Plan};
use puls_core::privacy::{Keep, Outcome, Prepared, Release, prepare};
use puls_core::response::Response;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use rand_chacha::ChaCha12Rng;

/// How the answers to a survey are lopsided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lopsided {
    Alike,
    NobodyAtTheTop,
    Lowest,
    OneRespondent,
    Nobody,
    AllSkip,
    HalfSkip,
    AtBothEnds,
    OneGroup,
    Low,
    Anyhow,
}

impl Lopsided {
    pub(super) const ALL: [Self; 11] = [
        Self::Alike,
        Self::NobodyAtTheTop,
        Self::Lowest,
        Self::OneRespondent,
        Self::Nobody,
        Self::AllSkip,
        Self::HalfSkip,
        Self::AtBothEnds,
        Self::OneGroup,
        Self::Low,
        Self::Anyhow,
    ];

    /// Whether every item may be skipped.
    pub(super) fn skips(self) -> bool {
        matches!(self, Self::AllSkip | Self::HalfSkip)
    }

    /// How many people there are.
    pub(super) fn people(self, definition: &Definition, rng: &mut ChaCha12Rng) -> usize {
        match (self, &definition.privacy) {
            (Self::Nobody, _) => 0,
            (Self::OneRespondent, _) => 1,
            (_, Mechanism::Direct) if definition.segments.is_empty() => {
                *one_of(&[3, 4, 5, 9, 10, 12, 20], rng)
            }
            (_, Mechanism::Direct) => *one_of(&[9, 20, 28], rng),
            (_, Mechanism::Batched { .. }) => *one_of(&[7, 12, 25, 40, 64, 90], rng),
            _ => *one_of(&[4, 12, 24, 50], rng),
        }
    }

    /// A cell of so many.
    fn cell(self, cells: usize, rng: &mut ChaCha12Rng) -> usize {
        match self {
            Self::Alike => cells / 2,
            Self::Lowest => 0,
            Self::NobodyAtTheTop => below(cells - 1, rng),
            Self::AtBothEnds => (cells - 1) * below(2, rng),
            Self::Low => below(cells, rng).min(below(cells, rng)).min(below(cells, rng)),
            _ => below(cells, rng),
        }
    }

    /// The answer to a line, one bit for each cell.
    fn answer(self, counted: &Counted<'_>, rng: &mut ChaCha12Rng) -> u32 {
        let first = 1 << self.cell(counted.cells, rng);
        // The last one may be that none of the others holds.
        if is_open_text(counted) && below(4, rng) == 0 {
            return 0;
        }
        let is_alone = !counted.is_multiple() || first == 1 << (counted.cells - 1);
        if is_alone { first } else { first | 1 << self.cell(counted.cells - 1, rng) }
    }
}

/// The people of one group.
pub(super) struct Group {
    pub(super) segment: Segment,
    /// Of each person, in the order in which they answered, what they gave on each line that is asked: one bit for each cell.
    pub(super) answers: Vec<Vec<Option<u32>>>,
    pub(super) releases: Vec<Release>,
}

/// All who answer a survey, group by group.
pub(super) fn groups(
    definition: &Definition,
    lopsided: Lopsided,
    day: &str,
    rng: &mut ChaCha12Rng,
) -> Vec<Group> {
    let mut device = Keep::default();
    let wave = Wave::of(definition.wave, Day::parse(day).unwrap().days_since_1970());
    let mut groups: Vec<Group> = Vec::new();
    let mut segments: Vec<Segment> =
        (0..lopsided.people(definition, rng)).map(|_| segment(definition, lopsided, rng)).collect();
    segments.sort();
    for segment in segments {
        if groups.last().is_none_or(|group| group.segment != segment) {
            groups.push(Group { segment, answers: Vec::new(), releases: Vec::new() });
        }
        device = groups.last_mut().unwrap().join(definition, lopsided, device, wave, rng);
    }
    groups
}

/// Most are of the first value, and some of none.
fn segment(definition: &Definition, lopsided: Lopsided, rng: &mut ChaCha12Rng) -> Segment {
    let mut chosen = Vec::new();
    for (name, values) in &definition.segments {
        let place =
            if lopsided == Lopsided::OneGroup { 0 } else { *one_of(&[0, 0, 0, 0, 0, 1, 1, 2, 9], rng) };
        chosen.extend(values.get(place).map(|value| (name.as_str(), value.as_str())));
    }
    Segment::new(&definition.segments, chosen).unwrap()
}

impl Group {
    /// One more person answers, and sends what the widget makes of it. Under `batched` all share one device.
    fn join(
        &mut self,
        definition: &Definition,
        lopsided: Lopsided,
        device: Keep,
        wave: Wave,
        rng: &mut ChaCha12Rng,
    ) -> Keep {
        let plan = Plan::draw(definition, rng).unwrap();
        let response = self.respond(definition, lopsided, &plan, rng);
        let path = Path::of(definition, &plan, &self.segment, &response);
        let (releases, keep) = sent(definition, &path, device, wave, rng);
        self.releases.extend(releases);
        match definition.privacy {
            Mechanism::Batched { .. } => keep,
            _ => Keep::default(),
        }
    }

    fn respond(
        &mut self,
        definition: &Definition,
        lopsided: Lopsided,
        plan: &Plan,
        rng: &mut ChaCha12Rng,
    ) -> Response {
        let (mut response, lines) = (Response::new(definition), definition.counted());
        let mut answers = vec![None; definition.answerable()];
        let mut next = Path::of(definition, plan, &self.segment, &response).items().first().copied();
        while let Some(item) = next {
            for line in definition.lines(item) {
                let is_skipped = !definition.items[item].required
                    && (lopsided == Lopsided::AllSkip
                        || below(if lopsided.skips() { 2 } else { 4 }, rng) == 0);
                if !is_skipped {
                    answers[line.0] = Some(lopsided.answer(&lines[line.0], rng));
                    response.answer(definition, line, answers[line.0]);
                }
            }
            next = Path::of(definition, plan, &self.segment, &response).next(item);
        }
        self.answers.push(answers);
        response
    }
}

/// What leaves a device once its respondent sends, and what the device keeps.
pub(crate) fn sent(
    definition: &Definition,
    path: &Path<'_>,
    device: Keep,
    wave: Wave,
    rng: &mut ChaCha12Rng,
) -> (Vec<Release>, Keep) {
    let Prepared { outcome, mut keep, .. } = prepare(path, device, wave, rng).unwrap();
    keep.take_full(definition, wave);
    let releases = match outcome {
        Outcome::Release(release) => vec![release],
        Outcome::Apart(apart) => apart,
        Outcome::Held { .. } => Vec::new(),
        Outcome::Sealed(_) => panic!("nothing is sealed here"),
    };
    (releases, keep)
}

/// Whether it may be answered with none of what is counted.
fn is_open_text(counted: &Counted<'_>) -> bool {
    matches!(counted.source, Source::Item(Item { kind: ItemKind::OpenText(_), .. }))
}
