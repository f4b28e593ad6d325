//! Reports of every possible answer, as a browser remembers them. They are drawn for all answers alike, so they don't
//! say which one was given.

use super::MAX_CELLS;
use crate::privacy::release::List;
use crate::privacy::{Channel, Keep};
use crate::read::{Decimal, Json};
use rand_core::TryRng;
use std::fmt;

/// What is reported for each answer of a line; where several can be given, for each value of one bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The line's id, for a bit with its number: `contact.3`.
    line: String,
    /// The line's part of ε, in thousandths: small ones differ beyond the third decimal.
    epsilon: Decimal,
    /// ε∞, which permanent reports lose: so many times the line's part of ε.
    times: Decimal,
    /// In how many waves something was drawn around them, as long as that is charged.
    used: u32,
    reports: Vec<usize>,
}

/// More waves than any lifetime ε lets anybody be charged for.
const MAX_TIMES: u32 = 10_000;

/// Of a part of ε, in thousandths.
const MAX_EPSILON: u32 = 8_000;

impl Keep {
    /// Which share of its part of ε a line or a bit tells anew in `wave`; nothing where permanent reports have to be
    /// drawn first.
    pub(in crate::privacy) fn to_tell(&self, line: &str, channel: &Channel, wave: &str) -> Option<f64> {
        if self.wave == wave && place(&self.sent, line, channel).is_some() {
            return Some(0.0);
        }
        let permanent = self.permanent.get(place(&self.permanent, line, channel)?)?;
        Some((permanent.times - Decimal::from(&permanent.used)).value().clamp(0.0, 1.0))
    }

    /// Forgets what was sent in other waves.
    pub(in crate::privacy) fn enter(&mut self, wave: String) {
        if self.wave != wave {
            self.sent.clear();
        }
        self.wave = wave;
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
        if let Some(known) = place(&self.sent, line, channel).and_then(|place| self.sent.get(place)) {
            return Ok(known.reports.clone());
        }
        let known =
            place(&self.permanent, line, channel).and_then(|place| self.permanent.get(place)).cloned();
        // Of the answers that the line had in an earlier version as well.
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

/// Where something was drawn for a line or a bit, if it is of its answers as they are now.
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

/// Reads what was drawn, by lines; without what isn't as it was written.
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

/// By lines, as JSON.
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
