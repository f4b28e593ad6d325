//! Reports for two aggregators, of which neither can read an answer without the other.
//!
//! # Privacy
//! Neither aggregator learns an answer while they don't collude, nor does anybody else: each gets a share
//! that by itself is chance, sealed to it, and a proof that both shares make one answer. What is added up
//! of a batch is exact, and batches have a least size that the aggregators hold to. Neighbours are any two
//! answers to a task: their reports have the same length and, to one aggregator, the same distribution,
//! up to what its cryptography bounds. Every line has its report, whether it was answered or not, and so
//! have joint lines together. The leader sees an address and a time.
//!
//! The proof of a histogram says that it is one answer. That of a vector, of which joint lines' products are
//! one, says only that no number in it is larger than its bits: a report that was made up may have any such.
//!
//! What is split here is a [`Tally`]; the shares are made by the package `puls-sealed`, in the same page.
//!
//! Cost: none here; see `docs/sealed.md` for that of a report.
//!
//! # Source
//! Davis, Patton, Rosulek and Schoppmann, "Verifiable Distributed Aggregation Functions" (2023), Prio3;
//! draft-ietf-ppm-dap-09 and draft-irtf-cfrg-vdaf-08.

mod layout;

pub use layout::{Layout, TaskLayout, TaskSums};

use super::{Answered, Keep, Outcome, PrepareError, Protection, reported_classes};
use crate::definition::{Counted, Definition, Sealed};
use rand_core::TryCryptoRng;

/// One line's answer, or joint lines' products, and the task that it is for. It can be neither printed nor
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
    /// One to exactly one of `length` cells: a histogram.
    One {
        /// Which one.
        cell: usize,
        /// How many there are.
        length: usize,
    },
    /// A number to each cell: a vector.
    Numbers {
        /// The numbers, each of at most so many bits.
        numbers: Vec<u32>,
        /// How many bits a number has; 1 where each is one or nothing.
        bits: u32,
    },
}

/// The definition names no task for the segment that the page gives.
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

    /// What it adds.
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
