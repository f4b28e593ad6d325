use crate::aggregation::{Aggregation, Opened, Outputs, Rejected};
use crate::keys::Keypair;
use janus_messages::{HpkeConfig, InputShareAad, PlaintextInputShare, Report, Role, TaskId};
use prio::codec::{Decode, Encode};
use prio::vdaf::prio3::Prio3;
use std::collections::BTreeSet;
use std::ops::Range;

/// What a task adds up, in the terms in which tasks are set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vdaf {
    /// `Prio3Histogram`
    Histogram {
        /// The number of cells.
        length: usize,
        /// How many cells go into one step of the proof.
        chunk_length: usize,
    },
    /// `Prio3SumVec`
    SumVec {
        /// The number of bits of an entry.
        bits: u32,
        /// The number of entries.
        length: usize,
        /// How many bits of the entries go into one step of the proof.
        chunk_length: usize,
    },
}

/// What both aggregators and the collector have agreed on.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// The task's id.
    pub id: [u8; 32],
    /// What the task adds up.
    pub vdaf: Vdaf,
    /// The least number of reports in a batch that is given out.
    pub min_batch_size: u64,
    /// The public key that sums are sealed for.
    pub collector: HpkeConfig,
    /// The token by which the collector proves that it is the collector.
    pub bearer_token: String,
}

/// A task as both aggregators run it.
pub struct Task {
    pub(crate) parameters: Parameters,
    pub(crate) aggregation: Box<dyn Aggregation>,
    /// The batches that have been given out.
    pub(crate) collected: Vec<Range<u64>>,
    keys: [Keypair; 2],
    /// The key that both aggregators share and no client knows: with it, one could make a proof for anything.
    verify_key: [u8; 16],
    seen: BTreeSet<[u8; 16]>,
    replayed: u64,
    rejected: Vec<Rejected>,
}

/// Whether a report that isn't rejected was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uploaded {
    /// It was new, and is counted now.
    Now,
    /// It had been counted before, and isn't counted again.
    Before,
}

impl Task {
    /// Sets a task up, with new keys.
    ///
    /// # Panics
    /// If the parameters don't fit together.
    pub fn new(parameters: Parameters) -> Self {
        let aggregation: Box<dyn Aggregation> = match parameters.vdaf {
            Vdaf::Histogram { length, chunk_length } => {
                Box::new(Outputs::new(Prio3::new_histogram(2, length, chunk_length).unwrap()))
            }
            Vdaf::SumVec { bits, length, chunk_length } => {
                Box::new(Outputs::new(Prio3::new_sum_vec(2, bits as usize, length, chunk_length).unwrap()))
            }
        };
        Self {
            parameters,
            aggregation,
            collected: Vec::new(),
            keys: [Keypair::generate(1), Keypair::generate(2)],
            verify_key: *b"known to the two",
            seen: BTreeSet::new(),
            replayed: 0,
            rejected: Vec::new(),
        }
    }

    /// The public key of the leader.
    pub fn leader(&self) -> &HpkeConfig {
        self.keys[0].config()
    }

    /// The public key of the helper.
    pub fn helper(&self) -> &HpkeConfig {
        self.keys[1].config()
    }

    /// Takes a report as a browser posts it.
    ///
    /// # Errors
    /// [`Rejected`] if it can't be counted.
    pub fn upload(&mut self, report: &[u8]) -> Result<Uploaded, Rejected> {
        let uploaded = self.add(report);
        match uploaded {
            Ok(Uploaded::Now) => {}
            Ok(Uploaded::Before) => self.replayed += 1,
            Err(reason) => self.rejected.push(reason),
        }
        uploaded
    }

    fn add(&mut self, report: &[u8]) -> Result<Uploaded, Rejected> {
        let report = self.open(&Report::get_decoded(report).map_err(|_| Rejected::Message)?)?;
        if self.collected.iter().any(|times_s| times_s.contains(&report.time_s)) {
            return Err(Rejected::Collected);
        }
        if self.seen.contains(&report.id) {
            return Ok(Uploaded::Before);
        }
        self.aggregation.add(&self.verify_key, &report)?;
        self.seen.insert(report.id);
        Ok(Uploaded::Now)
    }

    /// The sums of the reports with a time in a range.
    pub fn sums(&self, times_s: Range<u64>) -> Vec<u128> {
        self.aggregation.sums(times_s)
    }

    /// How many reports are counted.
    pub fn count(&self) -> usize {
        self.seen.len()
    }

    /// How many reports arrived again.
    pub fn replayed(&self) -> u64 {
        self.replayed
    }

    /// The reasons why reports weren't counted, in order.
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    fn open(&self, report: &Report) -> Result<Opened, Rejected> {
        let metadata = report.metadata();
        let bound = InputShareAad::new(
            TaskId::from(self.parameters.id),
            metadata.clone(),
            report.public_share().to_vec(),
        );
        let bound = bound.get_encoded().unwrap();
        let open = |keys: &Keypair, role, sealed| {
            let share = keys.open(role, &bound, sealed).ok_or(Rejected::Sealing)?;
            let share = PlaintextInputShare::get_decoded(&share).map_err(|_| Rejected::Message)?;
            // Neither aggregator knows any extension, so none is allowed.
            if share.extensions().is_empty() { Ok(share.payload().to_vec()) } else { Err(Rejected::Message) }
        };
        let [leader, helper] = &self.keys;
        Ok(Opened {
            id: *metadata.id().as_ref(),
            time_s: metadata.time().as_seconds_since_epoch(),
            public: report.public_share().to_vec(),
            shares: [
                open(leader, Role::Leader, report.leader_encrypted_input_share())?,
                open(helper, Role::Helper, report.helper_encrypted_input_share())?,
            ],
        })
    }
}
