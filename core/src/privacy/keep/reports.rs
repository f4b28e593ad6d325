//! The reports that a browser remembers. They are drawn for every possible answer at once, so they don't say which
//! answer was given.

use super::MAX_CELLS;
use crate::privacy::release::List;
use crate::privacy::{Channel, Keep};
use crate::read::{Decimal, Json};
use rand_core::TryRng;
use std::fmt;

/// One report for each possible answer of a line. Where a line takes several answers, one for each value of one of its
/// bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The line's id; for a bit, with the bit's number: `contact.3`.
    line: String,
    /// The line's part of ε, times 1000: small parts differ only beyond the third decimal, which `Decimal` doesn't
    /// have.
    epsilon: Decimal,
    /// ε∞, the loss of the permanent reports, as a multiple of the line's part of ε.
    times: Decimal,
    /// In how many waves something was drawn around the permanent reports.
    used: u32,
    reports: Vec<usize>,
}

/// More waves than any lifetime ε pays for.
const MAX_TIMES: u32 = 10_000;

/// The largest part of ε, times 1000.
const MAX_EPSILON: u32 = 8_000;

impl Keep {
    /// The share of its part of ε that a line or a bit newly spends in `wave`; `None` where its permanent reports have
    /// to be drawn first.
    pub(in crate::privacy) fn to_tell(&self, line: &str, channel: &Channel, wave: &str) -> Option<f64> {
        if self.wave == wave && place(&self.sent, line, channel).is_some() {
            return Some(0.0);
        }
        let permanent = self.permanent.get(place(&self.permanent, line, channel)?)?;
        Some((permanent.times - Decimal::from(&permanent.used)).value().clamp(0.0, 1.0))
    }

    /// Begins a wave: forgets what was sent in another one.
    pub(in crate::privacy) fn enter(&mut self, wave: String) {
        if self.wave != wave {
            self.sent.clear();
        }
        self.wave = wave;
    }

    /// What is sent for each possible answer of a line or a bit in the present wave. Draws what hasn't been drawn yet:
    /// first the permanent reports, which lose `times` the line's part of ε, then what is sent around them.
    pub(in crate::privacy) fn sent<R: TryRng>(
        &mut self,
        line: &str,
        channel: &Channel,
        times: Decimal,
        rng: &mut R,
    ) -> Result<Vec<usize>, R::Error> {
        if let Some(known) = place(&self.sent, line, channel).and_then(|place| self.sent.get(place)) {
            return Ok(known.reports.clone());
        }
        let known =
            place(&self.permanent, line, channel).and_then(|place| self.permanent.get(place)).cloned();
        // Also drops reports of the answers that the line had in an earlier version.
        for drawn in [&mut self.permanent, &mut self.sent] {
            drawn.retain(|known| known.line != line);
        }
        let epsilon = in_thousandths(channel.epsilon);
        let new = || Drawn { line: line.to_owned(), epsilon, times, used: 0, reports: Vec::new() };
        let mut permanent = known.unwrap_or_else(new);
        permanent.used = (permanent.used + 1).min(MAX_TIMES);
        let mut sent = Drawn { reports: Vec::new(), ..permanent.clone() };
        let losing = channel.epsilon * permanent.times.value();
        for class in 0..channel.classes {
            if permanent.reports.len() <= class {
                permanent.reports.push(channel.draw_permanent(class, losing, rng)?);
            }
            let report = permanent.reports.get(class).copied().unwrap_or(class);
            sent.reports.push(channel.draw_sent(report, losing, rng)?);
        }
        let reports = sent.reports.clone();
        self.permanent.push(permanent);
        self.sent.push(sent);
        Ok(reports)
    }
}

/// The index of the reports of a line or a bit, if they were drawn for its present answers and ε.
fn place(list: &[Drawn], line: &str, channel: &Channel) -> Option<usize> {
    list.iter().position(|known| {
        known.line == line
            && known.epsilon == in_thousandths(channel.epsilon)
            && known.reports.len() == channel.classes
            && known.reports.iter().all(|report| *report < channel.outputs())
    })
}

fn in_thousandths(epsilon: f64) -> Decimal {
    Decimal::nearest(epsilon * 1000.0)
}

/// Reads the reports by line, and leaves out those that aren't as they were written.
pub(super) fn read(json: Option<&Json>) -> Vec<Drawn> {
    let members = json.map_or(&[][..], Json::members);
    members.iter().filter_map(|(line, json)| Drawn::read(line, json)).collect()
}

impl Drawn {
    fn read(line: &str, json: &Json) -> Option<Self> {
        let (epsilon, times) = (json.member("epsilon")?, json.member("times")?);
        let report = |json: &Json| Some(json.whole(2 * MAX_CELLS)? as usize);
        Some(Self {
            line: line.to_owned(),
            epsilon: epsilon.decimal(MAX_EPSILON)?,
            times: times.decimal(MAX_TIMES).filter(|times| *times >= Decimal::from(&1))?,
            used: json.member("used")?.whole(MAX_TIMES)?,
            reports: json.member("reports")?.entries().iter().map(report).collect::<Option<_>>()?,
        })
    }
}

/// Writes reports as a JSON object, by line.
pub(super) struct ByLine<'a>(pub(super) &'a [Drawn]);

impl fmt::Display for ByLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("{")?;
        for (index, Drawn { line, epsilon, times, used, reports }) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let reports: Vec<u64> = reports.iter().map(|report| *report as u64).collect();
            let reports = List(&reports);
            write!(
                formatter,
                r#"{comma}"{line}":{{"epsilon":{epsilon},"times":{times},"used":{used},"reports":{reports}}}"#
            )?;
        }
        formatter.write_str("}")
    }
}
