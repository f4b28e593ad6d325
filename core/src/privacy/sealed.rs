//! Reports for two aggregators, of which neither can read an answer without the other.
//!
//! # Privacy
//! Unless the two aggregators collude, neither of them learns an answer, nor does anybody else. Each gets a share,
//! sealed for it, which by itself is pure chance, and a proof that both shares make one answer. The sums of a batch are
//! exact, and the aggregators refuse batches below a least size. Neighbours are any two answers to a task: their
//! reports have the same length and, for one aggregator, the same distribution, up to the bounds of the cryptography.
//! Every line has a report, answered or not, and so have the joint lines together. The leader sees an address and a
//! time.
//!
//! The proof of a histogram shows that it is one answer. The proof of a vector, such as the joint lines' products,
//! shows only that each of its numbers has no more than the agreed bits: a forged report may have any such numbers.
//!
//! This module makes each report's [`Tally`]. The package `puls-sealed` splits it into shares, in the same page.
//!
//! Cost: none here. `docs/sealed.md` has the cost of a report.
//!
//! # Source
//! Davis, Patton, Rosulek and Schoppmann, "Verifiable Distributed Aggregation Functions" (2023), Prio3;
//! draft-ietf-ppm-dap-09 and draft-irtf-cfrg-vdaf-08.

mod layout;

pub use layout::{Layout, TaskLayout, TaskSums};

use super::{Answered, Keep, Outcome, PrepareError, Protection, reported_classes};
use crate::definition::{Counted, Definition, Sealed};
use rand_core::TryCryptoRng;

/// One line's answer or the joint lines' products, with the task that adds them up. A report can be neither printed nor
/// serialised: only shares of it leave the page.
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
    /// 1 to exactly one of `length` cells: a histogram.
    One {
        /// The cell.
        cell: usize,
        /// How many cells there are.
        length: usize,
    },
    /// A number to each cell: a vector.
    Numbers {
        /// The numbers.
        numbers: Vec<u32>,
        /// How many bits each number has at most; 1 where each is 0 or 1.
        bits: u32,
    },
}

/// The definition has no task for the segment that the page gives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("privacy.tasks: none is for {item:?} and the segment {segment}")]
pub struct Unsealable {
    /// The line's id, or the joint lines' name.
    pub item: String,
    /// The segment, as JSON.
    pub segment: String,
}

impl Report {
    /// The task's id, in base64url.
    pub fn task(&self) -> &str {
        &self.task
    }

    /// What the report adds to the task's sums.
    pub fn tally(&self) -> &Tally {
        &self.tally
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
        let report = |TaskLayout { name: item, summed, layout }: TaskLayout| {
            let task = self
                .task(summed, segment)
                .ok_or_else(|| Unsealable { item, segment: segment.to_string() })?;
            Ok(layout.tally(summed, summary).map(|tally| Report { task: task.id.clone(), tally }))
        };
        let reports = Layout::all(definition).into_iter().map(report).filter_map(Result::transpose);
        Ok(Outcome::Sealed(reports.collect::<Result<_, Unsealable>>()?))
    }

    fn released_cells(&self, _: &Definition, line: &Counted<'_>) -> usize {
        reported_classes(line)
    }
}
