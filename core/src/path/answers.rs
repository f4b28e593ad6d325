use super::Plan;
use crate::FULL;
use crate::definition::{Condition, Counted, Definition, DerivedKind, LineIndex, Measure, Mood};
use crate::response::Response;
use crate::segment::Segment;

/// The answers on the way from its start up to some item, and the derived measures that follow from them.
pub(crate) struct Answers<'a> {
    definition: &'a Definition,
    plan: &'a Plan,
    segment: &'a Segment,
    lines: Vec<Counted<'a>>,
    /// The ways out that have been taken; empty except for the conditions of thanks.
    taken: &'a [usize],
    /// The answers by line; `None` for items that aren't on this stretch of the way.
    given: Vec<Option<u32>>,
}

/// Into how many parts a scale is divided, so that each of its points is a whole number of them: the least common
/// multiple of 1 to 10.
const PARTS: usize = 2520;

impl<'a> Answers<'a> {
    /// Before the first item.
    pub(super) fn none(definition: &'a Definition, plan: &'a Plan, segment: &'a Segment) -> Self {
        let given = vec![None; definition.answerable()];
        Self { definition, plan, segment, lines: definition.counted(), taken: &[], given }
    }

    /// The same answers, of somebody who has taken these ways out.
    pub(super) fn with_taken(self, taken: &'a [usize]) -> Self {
        Self { taken, ..self }
    }

    /// Adds the answers to an item, and says whether there are any.
    pub(super) fn take(&mut self, item: usize, response: &Response) -> bool {
        let mut any = false;
        for line in self.definition.lines(item) {
            if let Some(given) = self.given.get_mut(line.0) {
                *given = response.given(line);
                any |= given.is_some();
            }
        }
        any
    }

    /// The lines that are counted.
    pub(crate) fn lines(&self) -> &[Counted<'a>] {
        &self.lines
    }

    /// The cells that a line was answered with, one bit each. `None` for derived measures, which may have more cells
    /// than there are bits.
    pub(crate) fn cells(&self, line: LineIndex) -> Option<u32> {
        line.of(&self.given).copied().flatten()
    }

    /// The cell of a line that takes one answer, or of a derived measure.
    pub(crate) fn cell(&self, line: LineIndex) -> Option<usize> {
        match line.of(&self.lines)?.derived().filter(|_| FULL) {
            None => self.cells(line).map(|cells| cells.trailing_zeros() as usize),
            Some(DerivedKind::Index { lines }) => self.index(lines),
            Some(DerivedKind::Class { energy, clarity, high, low }) => {
                let levels = (self.level(*energy, *high, *low)?, self.level(*clarity, *high, *low)?);
                Some(match levels {
                    (Level::High, Level::High) => 0,
                    (Level::High, Level::Low) => 1,
                    (Level::Low, Level::High) => 2,
                    (Level::Low, Level::Low) => 3,
                    _ => 4,
                })
            }
            Some(DerivedKind::Share { when }) => {
                let is_known = !when.refers_to(&|line| self.is_undrawn(line));
                is_known.then(|| usize::from(self.holds(when)))
            }
        }
    }

    /// Whether a condition holds by now.
    pub(crate) fn holds(&self, condition: &Condition) -> bool {
        match condition {
            _ if !FULL => true,
            Condition::Within { line, cells } => match line.of(&self.lines).and_then(Counted::derived) {
                Some(_) => self.cell(*line).is_some_and(|cell| cells.contains(&cell)),
                None => {
                    let given = self.cells(*line).unwrap_or(0);
                    cells.clone().any(|cell| cell < 32 && given & 1 << cell != 0)
                }
            },
            Condition::Answered { lines } => lines.clone().all(|line| self.cells(line).is_some()),
            Condition::Segment { name, value } => {
                self.segment.iter().any(|segment| segment == (name.as_str(), value.as_str()))
            }
            Condition::Mood(mood) => self.mood() == *mood,
            Condition::Route(route) => self.taken.contains(route),
            Condition::All(conditions) => conditions.iter().all(|condition| self.holds(condition)),
            Condition::Any(conditions) => conditions.iter().any(|condition| self.holds(condition)),
            Condition::Not(condition) => !self.holds(condition),
        }
    }

    /// The sum of the answers' steps above the lowest point; reversed lines count from the highest.
    fn index(&self, lines: &[LineIndex]) -> Option<usize> {
        lines.iter().try_fold(0, |sum, line| Some(sum + line.of(&self.lines)?.turned(self.cell(*line)?)))
    }

    fn level(&self, line: LineIndex, high: u32, low: u32) -> Option<Level> {
        let steps = line.of(&self.lines)?.cells.saturating_sub(1);
        // Whole numbers put an index that lies exactly on a bound on the right side of it.
        let reached = self.cell(line)? * 100;
        Some(match (reached >= high as usize * steps, reached < low as usize * steps) {
            (true, _) => Level::High,
            (_, true) => Level::Low,
            _ => Level::Between,
        })
    }

    fn mood(&self) -> Mood {
        let (mut sum, mut count) = (0, 0);
        for (index, counted) in self.lines.iter().enumerate() {
            let is_scaled = matches!(counted.measure, Measure::Mean | Measure::NetPromoterScore);
            if let Some(cell) = is_scaled.then(|| self.cell(LineIndex(index))).flatten() {
                sum += counted.turned(cell) * PARTS / counted.cells.saturating_sub(1).max(1);
                count += 1;
            }
        }
        match sum * 100 {
            _ if count == 0 => Mood::Mixed,
            mean if mean < 40 * PARTS * count => Mood::Low,
            mean if mean >= 70 * PARTS * count => Mood::High,
            _ => Mood::Mixed,
        }
    }

    /// Whether the line's item wasn't drawn, so that a condition that refers to it is unknown. Of a derived measure,
    /// whether it has no value for that reason.
    fn is_undrawn(&self, line: LineIndex) -> bool {
        match line.of(&self.lines).and_then(Counted::derived) {
            Some(_) => self.cell(line).is_none() && self.definition.sample.is_some(),
            None => !self.plan.items().contains(&self.definition.item_of(line)),
        }
    }
}

/// Where an index lies between the bounds of a class.
enum Level {
    High,
    Between,
    Low,
}
