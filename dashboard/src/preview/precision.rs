//! How exact figures get when enough people have answered, by the same estimates that results are made of.

use crate::figure::decimal;
use puls_analysis::estimates::{Estimate, score, shares};
use puls_analysis::line::{Line, Noise, ResponseNoise, SquareWaveNoise};
use puls_core::definition::{Counted, Definition, Measure, Mechanism};
use puls_core::privacy::WaveProbabilities;
use puls_core::summary::Counts;

/// The number of respondents in the example.
pub(crate) const RESPONDENTS: u32 = 300;

/// The share of people in the example who give an answer, where each may give several.
const CHOSEN: f64 = 0.3;

/// How exact the figures of one line are, at 95 %.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Precision {
    /// The precision in words, such as `± 14 points`.
    pub(crate) text: String,
    /// The margin as a share of the figure's range.
    pub(crate) share: f64,
}

/// How exact a line's figures are after 300 respondents whose answers are spread over all possible ones; `None` if
/// answers are counted exactly.
pub(crate) fn of(definition: &Definition, line: &Counted<'_>) -> Option<Precision> {
    let Mechanism::Randomised { .. } = definition.privacy else { return None };
    let (of, asked) = (Line::of(definition, line), asked(definition, line));
    let counts = expected(line, &of, asked)?;
    let (estimate, range) = match of.range() {
        Some(range) => (score(&of, &counts)?, range),
        None => (*shares(&of, &counts, rounded(asked)).first()?, (0.0, 1.0)),
    };
    Some(Precision::new(line.measure, estimate, range))
}

impl Precision {
    fn new(measure: Measure, estimate: Estimate, (min, max): (f64, f64)) -> Self {
        // One side may have been cut at the bounds of the measure.
        let margin = (estimate.high - estimate.value).max(estimate.value - estimate.low);
        let text = match measure {
            Measure::NetPromoterScore | Measure::Index => format!("± {} points", decimal(margin, 0)),
            Measure::Shares | Measure::Several => {
                format!("± {} percentage points", decimal(100.0 * margin, 0))
            }
            Measure::Mean | Measure::Number => {
                format!("± {} on {} to {}", decimal(margin, 1), decimal(min, 0), decimal(max, 0))
            }
        };
        Self { text, share: margin / (max - min) }
    }
}

/// How many of the respondents are asked the line's question.
fn asked(definition: &Definition, line: &Counted<'_>) -> f64 {
    let loose = definition.items.iter().filter(|item| !item.fixed).count().max(1) as f64;
    let share = definition.sample.filter(|_| line.sampled).map_or(1.0, |sample| f64::from(sample) / loose);
    f64::from(RESPONDENTS) * share.min(1.0)
}

/// The expected reports of people who all answered; `None` if answers are counted exactly.
fn expected(line: &Counted<'_>, of: &Line, asked: f64) -> Option<Counts> {
    let cells = of.cells();
    let (keep, switch, missing) = match of.noise {
        Noise::None => return None,
        Noise::SquareWave(SquareWaveNoise {
            width,
            probabilities: WaveProbabilities { near, far, .. },
            missing,
        }) => {
            let share = |cell: usize| {
                // The number of points that have this cell near them.
                let points = cell.min(line.cells - 1) + 1 - (cell + 1).saturating_sub(width);
                far + (near - far) * points as f64 / line.cells as f64
            };
            let reports = (0..cells).map(|cell| rounded(asked * share(cell))).collect();
            return Counts::of(cells, reports, if missing { rounded(asked * far) } else { 0 });
        }
        Noise::Response(ResponseNoise { keep, switch, missing }) => (keep, switch, missing),
    };
    let share = if line.is_multiple() { CHOSEN } else { 1.0 / cells.max(1) as f64 };
    let report = rounded(asked * (switch + (keep - switch) * share));
    Counts::of(cells, vec![report; cells], if missing { rounded(asked * switch) } else { 0 })
}

fn rounded(number: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most the respondents, and never below none")]
    let rounded = number.max(0.0).round() as u64;
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_documents::{Document, batched, choices, net_promoter, randomised, survey};

    fn precision(document: &Document) -> Vec<Option<String>> {
        let definition = Definition::parse(&document.to_string()).unwrap();
        definition.counted().iter().map(|line| of(&definition, line).map(|found| found.text)).collect()
    }

    fn nps() -> Document {
        survey("s").item(net_promoter("recommend"))
    }

    #[test]
    fn epsilon_that_is_split_says_less() {
        let alone = nps().privacy(randomised(2.0));
        assert_eq!(precision(&alone), [Some("± 14 points".to_owned())]);
        let several = choices("why", [("a", "A"), ("b", "B"), ("c", "C")]).optional();
        let split = precision(&alone.item(several));
        assert_eq!(split, [Some("± 25 points".to_owned()), Some("± 47 percentage points".to_owned())]);
    }

    #[test]
    fn exact_counts_need_no_warning() {
        assert_eq!(precision(&nps().privacy(batched(5))), [None]);
    }
}
