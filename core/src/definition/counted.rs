use super::{Definition, Derived, DerivedKind, Item, ItemKind, Statement};
use crate::FULL;
use std::ops::Range;

/// One line of a release: an item, a statement of a matrix, or a derived measure.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// Names it in releases and results.
    pub id: &'a str,
    /// What is counted.
    pub source: Source<'a>,
    /// What its counts amount to.
    pub measure: Measure,
    /// How many answers there are to choose from.
    pub cells: usize,
    /// Whether somebody of whom it may be asked can end up without an answer: by skipping it, by a
    /// condition, or by a jump.
    pub may_miss: bool,
    /// Whether chance alone decides who is asked at all.
    pub sampled: bool,
}

/// What a line counts.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// An item's answers.
    Item(&'a Item),
    /// One statement's; the item is its matrix.
    Statement(&'a Item, &'a Statement),
    /// What follows from other answers.
    Derived(&'a Derived),
}

/// What counts amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Eleven cells, 0 to 10, of which a net promoter score is made.
    NetPromoterScore,
    /// Cells that stand for 1, 2, 3 …, of which a mean is made.
    Mean,
    /// Cells that stand for 0, 1, 2 …, of which a mean is made; the last one means "or more".
    Number,
    /// Cells of which each respondent has one, without an order.
    Shares,
    /// Cells of which each respondent has any number.
    Several,
    /// Cells that stand for equal steps from 0 to 100, of which a mean is made.
    Index,
}

/// Something of each: of unfavourable, neutral and favourable answers.
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
    /// The same, each made into something else.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Thirds<U> {
        Thirds {
            unfavourable: make(self.unfavourable),
            neutral: make(self.neutral),
            favourable: make(self.favourable),
        }
    }
}

impl Measure {
    /// The number that stands on the first cell.
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

    /// Its unfavourable, neutral and favourable cells, where it is usual to tell them apart: detractors, passives and
    /// promoters; of five points the lowest two, the middle one and the highest two; of seven three, one and three.
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

    /// The cell that counts for this one in measures made of several lines.
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

    /// The lines of the item at `item`, as indices into [`Definition::counted`] and of a
    /// [`Response`](crate::response::Response): none for a notice, several for a matrix.
    pub fn lines(&self, item: usize) -> Range<usize> {
        let count = |items: &[Item]| items.iter().map(|item| item.kind.lines()).sum();
        let first = count(self.items.get(..item).unwrap_or_default());
        first..first + self.items.get(item).map_or(0, |item| item.kind.lines())
    }

    /// How many lines there are without the derived ones: what a respondent can answer.
    pub fn answerable(&self) -> usize {
        self.lines(self.items.len()).start
    }

    /// The item that an answerable line belongs to.
    pub(crate) fn item_of(&self, line: usize) -> usize {
        (0..self.items.len()).find(|item| self.lines(*item).contains(&line)).unwrap_or(self.items.len())
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

    /// Whether answers or the segment decide who is asked the item at `item`.
    pub fn is_conditional(&self, item: usize) -> bool {
        let is_jumped_over = self.routing.jumps.iter().any(|jump| jump.after < item && item < jump.to);
        is_jumped_over || self.items.get(item).is_some_and(|item| item.when.is_some())
    }
}

impl ItemKind {
    /// What the counts of its lines amount to; `None` where it has none.
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
    let of = |parts: &[usize], test: fn(&Counted<'_>) -> bool| {
        parts.iter().filter_map(|line| lines.get(*line)).any(test)
    };
    let (measure, cells) = derived.kind.measure(|line| lines.get(line).map(|line| line.cells));
    let parts = match &derived.kind {
        DerivedKind::Index { lines: parts } => parts.clone(),
        // Either index may be missing, and then so is the class.
        DerivedKind::Class { energy, clarity, .. } => vec![*energy, *clarity],
        DerivedKind::Share { .. } => Vec::new(),
    };
    // Only of whoever wasn't asked what it takes, nobody knows; and who wasn't asked has none of what follows.
    let is_unknown = |line: &Counted<'_>| line.sampled || line.derived().is_some() && line.may_miss;
    let sampled = match &derived.kind {
        DerivedKind::Share { when } => FULL && is_sampled && of(&when.lines(), is_unknown),
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
