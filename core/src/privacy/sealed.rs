//! Reports for two aggregators, of which neither can read an answer without the other.
//!
//! # Privacy
//! Neither aggregator learns an answer while they don't collude, nor does anybody else: each gets a share
//! that by itself is chance, sealed to it, and a proof that both shares make one answer. What is added up
//! of a batch is exact, and batches have a least size that the aggregators hold to. Neighbours are any two
//! answers to a task: their reports have the same length and, to one aggregator, the same distribution,
//! up to what its cryptography bounds. Every line has its report, whether it was answered or not. The
//! leader sees an address and a time.
//!
//! What is split here is a [`Tally`]; the shares are made by the package `puls-sealed`, in the same page.
//!
//! Cost: none here; see `docs/sealed.md` for that of a report.
//!
//! # Source
//! Davis, Patton, Rosulek and Schoppmann, "Verifiable Distributed Aggregation Functions" (2023), Prio3;
//! draft-ietf-ppm-dap-09 and draft-irtf-cfrg-vdaf-08.

use super::{Answered, Keep, Outcome, PrepareError, Protection, reported_class};
use crate::definition::{Counted, Measure, NetPromoter, Sealed};
use crate::summary::Counts;
use rand_core::TryCryptoRng;

/// One line's answer, and the task that it is for. It can be neither printed nor serialised: only shares of it
/// leave the page.
///
/// ```compile_fail
/// fn printable<T: std::fmt::Debug>() {}
/// printable::<puls_core::privacy::Report>();
/// ```
#[derive(Clone)]
pub struct Report {
    task: String,
    tally: Tally,
}

/// What a report adds to a task's sums.
#[derive(Clone)]
pub enum Tally {
    /// One to exactly one of `length` cells: a histogram.
    One {
        /// Which one.
        cell: usize,
        /// How many there are.
        length: usize,
    },
    /// One or nothing to each cell: a vector of bits.
    Several(Vec<bool>),
}

/// The definition names no task for the segment that the page gives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("privacy.tasks: none is for {item:?} and the segment {segment}")]
pub struct Unsealable {
    /// The line's id.
    pub item: String,
    /// The segment, as JSON.
    pub segment: String,
}

impl Report {
    /// The task's id, in base64url.
    pub fn task(&self) -> &str {
        &self.task
    }

    /// What it adds.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// How a task's sums are laid out, on which browsers, aggregators and collector have to agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many answers there are to count.
    pub cells: usize,
    /// Whether those without an answer have a cell of their own, the last one.
    pub has_missing: bool,
    /// Whether somebody may have more than one of the cells.
    pub is_several: bool,
}

impl Layout {
    /// The layout of a line: a net promoter item is counted as one of its three classes.
    pub fn of(line: &Counted<'_>) -> Self {
        Self {
            cells: if line.measure == Measure::NetPromoterScore { NetPromoter::CLASSES } else { line.cells },
            has_missing: line.may_miss || line.sampled,
            is_several: line.is_multiple(),
        }
    }

    /// How many cells a task has in all.
    pub fn length(self) -> usize {
        self.cells + usize::from(self.has_missing)
    }

    /// What a task's sums over `respondents` people amount to; `None` where they can't be such sums.
    pub fn counts(self, sums: &[u128], respondents: u64) -> Option<Counts> {
        let mut cells: Vec<u64> = sums.iter().map(|sum| u64::try_from(*sum).ok()).collect::<Option<_>>()?;
        let fits = cells.len() == self.length() && cells.iter().all(|count| *count <= respondents);
        let missing = if self.has_missing { cells.pop()? } else { 0 };
        let counts = Counts { cells, missing };
        let adds_up = self.is_several || counts.total().saturating_add(missing) == respondents;
        (fits && adds_up).then_some(counts)
    }

    fn tally(self, line: &Counted<'_>, counts: &Counts) -> Tally {
        if self.is_several {
            let answered = counts.cells.iter().copied();
            let all = answered.chain(self.has_missing.then_some(counts.missing));
            return Tally::Several(all.map(|count| count > 0).collect());
        }
        Tally::One { cell: reported_class(line, counts).unwrap_or(self.cells), length: self.length() }
    }
}

impl Protection for Sealed {
    fn protect<R: TryCryptoRng>(
        &self,
        answered: &Answered<'_>,
        _: &mut Keep,
        _: &mut R,
    ) -> Result<Outcome, PrepareError<R::Error>> {
        let Answered { definition, segment, summary, .. } = answered;
        let lines = definition.counted();
        let report = |(index, (line, counts)): (usize, (&Counted<'_>, &Counts))| {
            let task = self
                .task(index, segment)
                .ok_or_else(|| Unsealable { item: line.id.to_owned(), segment: segment.to_string() })?;
            let tally = Layout::of(line).tally(line, counts);
            Ok(Report { task: task.id.clone(), tally })
        };
        let reports = lines.iter().zip(summary.items()).enumerate().map(report);
        Ok(Outcome::Sealed(reports.collect::<Result<_, Unsealable>>()?))
    }
}
