//! Reports of every possible answer, as a browser remembers them. They are drawn for all answers alike, so they don't
//! say which one was given.

use super::{MAX_CELLS, alone};
use crate::privacy::release::List;
use crate::privacy::{Channel, Keep};
use crate::read::{Decimal, Fields, Json, Node};
use crate::wave::Wave;
use rand_core::TryRng;
use std::fmt;

/// What is reported for each answer of a line; where several can be given, for each value of one bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reports {
    /// The line's id, for a bit with its number: `contact.3`.
    line: String,
    /// The line's part of ε, in thousandths: small ones differ beyond the third decimal.
    epsilon: Decimal,
    reports: Vec<usize>,
}

/// What is drawn once and never sent as it is: the first stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Permanent {
    reports: Reports,
    /// ε∞, which they lose: so many times the line's part of ε.
    times: Decimal,
    /// In how many waves something was drawn around them, as long as that is charged.
    used: u32,
}

/// What is sent in one wave: the second stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sent {
    /// The wave's name.
    wave: String,
    reports: Vec<Reports>,
}

/// More waves than any lifetime ε lets anybody be charged for.
const MAX_TIMES: u32 = 10_000;

impl Keep {
    /// Which share of its part of ε a line or a bit tells anew in `wave`; nothing where permanent reports have to be
    /// drawn first.
    pub(in crate::privacy) fn to_tell(&self, line: &str, channel: &Channel, wave: Wave) -> Option<f64> {
        let permanent = self.permanent.iter().find(|known| known.reports.fit(line, channel))?;
        let is_drawn = || self.sent.reports.iter().any(|known| known.fit(line, channel));
        let is_known = self.sent.wave == wave.to_string() && is_drawn();
        Some(if is_known { 0.0 } else { permanent.left().clamp(0.0, 1.0) })
    }

    /// Forgets what was sent in other waves.
    pub(in crate::privacy) fn enter(&mut self, wave: Wave) {
        let wave = wave.to_string();
        if self.sent.wave != wave {
            self.sent = Sent { wave, reports: Vec::new() };
        }
    }

    /// What is sent for each answer of a line or a bit in the wave that was entered; drawn if it hasn't been yet, and
    /// permanent reports, which lose so many `times` the line's part of ε, before.
    pub(in crate::privacy) fn sent<R: TryRng>(
        &mut self,
        line: &str,
        channel: &Channel,
        times: Decimal,
        rng: &mut R,
    ) -> Result<Vec<usize>, R::Error> {
        let Self { sent, permanent, .. } = self;
        if !permanent.iter().any(|known| known.reports.fit(line, channel)) {
            let reports = channel.draw_permanent(channel.epsilon * times.value(), rng)?;
            permanent.retain(|known| known.reports.line != line);
            sent.reports.retain(|known| known.line != line);
            permanent.push(Permanent { reports: Reports::new(line, channel, reports), times, used: 0 });
        }
        if let Some(known) = sent.reports.iter().find(|known| known.fit(line, channel)) {
            return Ok(known.reports.clone());
        }
        let mut reports = Vec::new();
        for known in permanent.iter_mut().filter(|known| known.reports.line == line) {
            let epsilon = channel.epsilon * known.times.value();
            reports = channel.draw_sent(&known.reports.reports, epsilon, rng)?;
            known.used = (known.used + 1).min(MAX_TIMES);
        }
        sent.reports.retain(|known| known.line != line);
        sent.reports.push(Reports::new(line, channel, reports.clone()));
        Ok(reports)
    }
}

impl Reports {
    fn new(line: &str, channel: &Channel, reports: Vec<usize>) -> Self {
        Self { line: line.to_owned(), epsilon: in_thousandths(channel.epsilon), reports }
    }

    /// Whether they are of this line's answers, as it is now.
    fn fit(&self, line: &str, channel: &Channel) -> bool {
        self.line == line
            && self.epsilon == in_thousandths(channel.epsilon)
            && self.reports.len() == channel.classes
            && self.reports.iter().all(|report| *report < channel.outputs())
    }

    fn read(line: &str, fields: &Fields<'_>) -> Self {
        let epsilon = |node: &Node<'_>| node.decimal(Decimal::default()..=Decimal::from(&8_000));
        let report = |node: &Node<'_>| node.integer(0..=2 * MAX_CELLS) as usize;
        Self {
            line: line.to_owned(),
            epsilon: fields.required("epsilon", epsilon),
            reports: fields.required("reports", |list| list.entries(2..=MAX_CELLS as usize, report)),
        }
    }
}

fn in_thousandths(epsilon: f64) -> Decimal {
    Decimal::nearest(epsilon * 1000.0)
}

impl Permanent {
    /// How many times the line's part of ε they may still be charged with.
    fn left(&self) -> f64 {
        (self.times - Decimal::from(&self.used)).value()
    }

    pub(super) fn read(line: &str, json: &Json) -> Option<Self> {
        alone(json, |node| {
            let fields = node.members();
            let times = |node: &Node<'_>| node.decimal(Decimal::from(&1)..=Decimal::from(&MAX_TIMES));
            Self {
                reports: Reports::read(line, &fields),
                times: fields.required("times", times),
                used: fields.required("used", |node| node.integer(0..=MAX_TIMES)),
            }
        })
    }
}

impl Sent {
    pub(super) fn read(json: &Json) -> Option<Self> {
        let wave = alone(json.member("of")?, |node| node.form("a wave's name", is_wave))?;
        let reports = json.member("reports")?.members();
        let read = |(line, json): &(String, Json)| alone(json, |node| Reports::read(line, &node.members()));
        Some(Self { wave, reports: reports.iter().filter_map(read).collect() })
    }
}

/// Whether it could be one, and needs no escaping.
fn is_wave(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'W' | b'Q'))
}

impl fmt::Display for Reports {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, epsilon, reports } = self;
        let reports: Vec<u64> = reports.iter().map(|report| *report as u64).collect();
        write!(formatter, r#""{line}":{{"epsilon":{epsilon},"reports":{}"#, List(&reports))
    }
}

impl fmt::Display for Permanent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, r#"{},"times":{},"used":{}}}"#, self.reports, self.times, self.used)
    }
}

impl fmt::Display for Sent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, r#"{{"of":"{}","reports":{{"#, self.wave)?;
        for (index, reports) in self.reports.iter().enumerate() {
            write!(formatter, "{}{reports}}}", if index > 0 { "," } else { "" })?;
        }
        formatter.write_str("}}")
    }
}
