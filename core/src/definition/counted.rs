use super::{Definition, Derived, DerivedKind, Item, ItemKind, LineIndex, LineRange, Statement};
use crate::FULL;
use std::ops::Range;

/// One line of a release: an item, a statement of a matrix, or a derived measure.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// Names it in releases and results.
    pub id: &'a str,
    /// What is counted.
    pub source: Source<'a>,
    /// What is made of its counts.
    pub measure: Measure,
    /// How many answers there are to choose from.
    pub cells: usize,
    /// Whether respondents can end up without an answer to it other than by chance: by skipping it, by a condition, or
    /// by a jump.
    pub may_miss: bool,
    /// Whether item sampling decides who is asked it at all.
    pub sampled: bool,
}

/// What a line counts.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// An item's answers.
    Item(&'a Item),
    /// The answers to one statement of a matrix; the item is the matrix.
    Statement(&'a Item, &'a Statement),
    /// A measure that follows from other answers.
    Derived(&'a Derived),
}

/// What the cells of a line stand for, and so what is made of its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Eleven cells, 0 to 10; their counts make a net promoter score.
    NetPromoterScore,
    /// Cells that stand for 1, 2, 3 …; their counts make a mean.
    Mean,
    /// Cells that stand for 0, 1, 2 …; their counts make a mean. The last cell means "or more".
    Number,
    /// Cells without an order. Each respondent counts in one of them.
    Shares,
    /// Cells without an order. Each respondent counts in any number of them.
    Several,
    /// Cells that stand for equal steps from 0 to 100; their counts make a mean.
    Index,
}

/// One value each for unfavourable, neutral and favourable answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thirds<T> {
    /// The lowest two of five points, the lowest three of seven, or detractors.
    pub unfavourable: T,
    /// The point in the middle, or passives.
    pub neutral: T,
    /// The highest two of five points, the highest three of seven, or promoters.
    pub favourable: T,
}

impl<T> Thirds<T> {
    /// Applies `make` to each of the three.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Thirds<U> {
        Thirds {
            unfavourable: make(self.unfavourable),
            neutral: make(self.neutral),
            favourable: make(self.favourable),
        }
    }
}

impl Measure {
    /// The number shown on the first cell.
    pub(super) fn first(self) -> u32 {
        u32::from(self == Self::Mean)
    }
}

impl Counted<'_> {
    /// Whether a respondent may have more than one of its cells.
    pub fn is_multiple(&self) -> bool {
        self.measure == Measure::Several
    }

    /// Whether the highest answer counts against what the survey asks about.
    pub fn is_reversed(&self) -> bool {
        match self.source {
            Source::Item(Item { kind: ItemKind::Rating(rating), .. }) => rating.reverse,
            Source::Item(Item { kind: ItemKind::Agreement(agreement), .. }) => agreement.reverse,
            Source::Statement(_, statement) => statement.reverse,
            _ => false,
        }
    }

    /// The line's unfavourable, neutral and favourable cells. A net promoter item has detractors, passives and
    /// promoters; five points split into two, one and two, seven into three, one and three. `None` for all other lines.
    pub fn thirds(&self) -> Option<Thirds<Range<usize>>> {
        let (low, neutral, high) = match (self.measure, self.cells) {
            (Measure::NetPromoterScore, 11) => (0..7, 7..9, 9..11),
            (Measure::Mean, 5) => (0..2, 2..3, 3..5),
            (Measure::Mean, 7) => (0..3, 3..4, 4..7),
            _ => return None,
        };
        Some(if self.is_reversed() {
            Thirds { unfavourable: high, neutral, favourable: low }
        } else {
            Thirds { unfavourable: low, neutral, favourable: high }
        })
    }

    /// The cell that `cell` counts as in measures made of several lines: mirrored where the line is reversed.
    pub(crate) fn turned(&self, cell: usize) -> usize {
        if self.is_reversed() { self.cells.saturating_sub(cell + 1) } else { cell }
    }
}

impl Definition {
    /// The lines of a release: items and statements in their order, then derived measures.
    pub fn counted(&self) -> Vec<Counted<'_>> {
        let mut lines = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            self.push_item(&mut lines, index, item);
        }
        for derived in &self.derived {
            let line = derived_line(derived, &lines, self.sample.is_some());
            lines.push(line);
        }
        lines
    }

    /// The lines of the item with index `item`. A notice has none, a matrix several.
    pub fn lines(&self, item: usize) -> LineRange {
        let count = |items: &[Item]| items.iter().map(|item| item.kind.lines()).sum();
        let first = count(self.items.get(..item).unwrap_or_default());
        LineRange(first..first + self.items.get(item).map_or(0, |item| item.kind.lines()))
    }

    /// How many lines a respondent can answer: all but the derived ones.
    pub fn answerable(&self) -> usize {
        self.lines(self.items.len()).0.start
    }

    /// The item that an answerable line belongs to.
    pub(crate) fn item_of(&self, line: LineIndex) -> usize {
        (0..self.items.len())
            .find(|item| self.lines(*item).any(|of_item| of_item == line))
            .unwrap_or(self.items.len())
    }

    fn push_item<'a>(&self, lines: &mut Vec<Counted<'a>>, index: usize, item: &'a Item) {
        let line = |id, source, measure| Counted {
            id,
            source,
            measure,
            cells: item.kind.cells(),
            may_miss: !item.required || self.is_conditional(index),
            sampled: self.sample.is_some() && !item.fixed,
        };
        let Some(measure) = item.kind.measure() else { return };
        match &item.kind {
            ItemKind::Matrix(matrix) => {
                let statement = |row: &'a Statement| line(&row.id, Source::Statement(item, row), measure);
                lines.extend(matrix.statements.iter().map(statement));
            }
            _ => lines.push(line(&item.id, Source::Item(item), measure)),
        }
    }

    /// Whether answers or the segment decide who is asked the item with index `item`.
    pub fn is_conditional(&self, item: usize) -> bool {
        let is_jumped_over = self.routing.jumps.iter().any(|jump| jump.after < item && item < jump.to);
        is_jumped_over || self.items.get(item).is_some_and(|item| item.when.is_some())
    }
}

impl ItemKind {
    /// The measure of the item's lines; `None` where it has no lines.
    pub(super) fn measure(&self) -> Option<Measure> {
        match self {
            Self::NetPromoter(_) => Some(Measure::NetPromoterScore),
            Self::Rating(_) | Self::Agreement(_) | Self::Matrix(_) => Some(Measure::Mean),
            Self::Choice(_) => Some(Measure::Shares),
            Self::Choices(_) | Self::OpenText(_) => Some(Measure::Several),
            Self::Count(_) => Some(Measure::Number),
            Self::Notice(_) => None,
        }
    }
}

fn derived_line<'a>(derived: &'a Derived, lines: &[Counted<'_>], is_sampled: bool) -> Counted<'a> {
    let of = |parts: &[LineIndex], test: fn(&Counted<'_>) -> bool| {
        parts.iter().filter_map(|line| line.of(lines)).any(test)
    };
    let (measure, cells) = derived.kind.measure(|line| line.of(lines).map(|line| line.cells));
    let parts = match &derived.kind {
        DerivedKind::Index { lines: parts } => parts.clone(),
        // Where either index is missing, so is the class.
        DerivedKind::Class { energy, clarity, .. } => vec![*energy, *clarity],
        DerivedKind::Share { .. } => Vec::new(),
    };
    // A condition is unknown where a line in it was left out by sampling, or is a derived measure that may be missing.
    let is_unknown = |line: LineIndex| {
        line.of(lines).is_some_and(|line| line.sampled || line.derived().is_some() && line.may_miss)
    };
    let sampled = match &derived.kind {
        DerivedKind::Share { when } => FULL && is_sampled && when.refers_to(&is_unknown),
        _ => of(&parts, |line| line.sampled),
    };
    Counted {
        id: &derived.id,
        source: Source::Derived(derived),
        measure,
        cells,
        may_miss: of(&parts, |line| line.may_miss),
        sampled,
    }
}
