use prio::codec::{Encode, ParameterizedDecode};
use prio::vdaf::{Aggregatable, Aggregator, Collector, PrepareTransition};

/// Why a report isn't counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejected {
    /// The message isn't a report.
    #[error("not a report")]
    Message,
    /// A share was sealed for another key, another task or another report, or was changed.
    #[error("a share can't be opened")]
    Sealing,
    /// A share doesn't have the form of this task's shares.
    #[error("a share has another form than the task's")]
    Share,
    /// The shares don't add up to an allowed answer.
    #[error("the proof fails")]
    Proof,
    /// Its time lies in a batch that has been collected.
    #[error("its batch has been collected")]
    Collected,
}

/// All that both aggregators know of a task's reports.
pub(crate) trait Aggregation: Send {
    /// Checks a report's shares against each other, and keeps the output shares.
    fn add(&mut self, verify_key: &[u8; 16], report: &Opened) -> Result<(), Rejected>;

    /// The number of reports with a time in a range, and each aggregator's share of their sums, encoded.
    fn shares(&self, times_s: std::ops::Range<u64>) -> (u64, [Vec<u8>; 2]);

    /// The sums of these reports, from both aggregators' shares.
    fn sums(&self, times_s: std::ops::Range<u64>) -> Vec<u128>;
}

/// A report whose shares have been opened.
pub(crate) struct Opened {
    pub(crate) id: [u8; 16],
    pub(crate) time_s: u64,
    pub(crate) public: Vec<u8>,
    /// The leader's share and the helper's.
    pub(crate) shares: [Vec<u8>; 2],
}

/// The output shares of both aggregators, by time. Each is as good as random without the other.
pub(crate) struct Outputs<V: Aggregator<16, 16>> {
    vdaf: V,
    kept: Vec<(u64, [V::OutputShare; 2])>,
}

impl<V: Aggregator<16, 16>> Outputs<V> {
    pub(crate) fn new(vdaf: V) -> Self {
        Self { vdaf, kept: Vec::new() }
    }
}

impl<V> Aggregation for Outputs<V>
where
    V: Aggregator<16, 16, AggregationParam = ()> + Collector<AggregateResult = Vec<u128>> + Send,
    V::OutputShare: Send,
{
    fn add(&mut self, verify_key: &[u8; 16], report: &Opened) -> Result<(), Rejected> {
        let outputs = prepare(&self.vdaf, verify_key, report)?;
        self.kept.push((report.time_s, outputs));
        Ok(())
    }

    fn shares(&self, times_s: std::ops::Range<u64>) -> (u64, [Vec<u8>; 2]) {
        let (count, shares) = self.aggregates(times_s);
        (count, shares.map(|share| share.get_encoded().unwrap()))
    }

    fn sums(&self, times_s: std::ops::Range<u64>) -> Vec<u128> {
        let (count, shares) = self.aggregates(times_s);
        self.vdaf.unshard(&(), shares, usize::try_from(count).unwrap()).unwrap()
    }
}

impl<V: Aggregator<16, 16, AggregationParam = ()>> Outputs<V> {
    fn aggregates(&self, times_s: std::ops::Range<u64>) -> (u64, [V::AggregateShare; 2]) {
        let mut sums = [(); 2].map(|()| self.vdaf.aggregate(&(), []).unwrap());
        let mut count = 0;
        for (_, outputs) in self.kept.iter().filter(|(time_s, _)| times_s.contains(time_s)) {
            count += 1;
            for (sum, output) in sums.iter_mut().zip(outputs) {
                sum.accumulate(output).unwrap();
            }
        }
        (count, sums)
    }
}

/// Runs both sides of the check of a report's shares, up to the output shares.
fn prepare<V: Aggregator<16, 16, AggregationParam = ()>>(
    vdaf: &V,
    verify_key: &[u8; 16],
    report: &Opened,
) -> Result<[V::OutputShare; 2], Rejected> {
    let public = V::PublicShare::get_decoded_with_param(vdaf, &report.public).map_err(|_| Rejected::Share)?;
    let begin = |aggregator: usize| {
        let share = report.shares.get(aggregator).ok_or(Rejected::Share)?;
        let share =
            V::InputShare::get_decoded_with_param(&(vdaf, aggregator), share).map_err(|_| Rejected::Share)?;
        vdaf.prepare_init(verify_key, aggregator, &(), &report.id, &public, &share)
            .map_err(|_| Rejected::Proof)
    };
    let ((leader, from_leader), (helper, from_helper)) = (begin(0)?, begin(1)?);
    let message = vdaf
        .prepare_shares_to_prepare_message(&(), [from_leader, from_helper])
        .map_err(|_| Rejected::Proof)?;
    let end = |state| match vdaf.prepare_next(state, message.clone()) {
        Ok(PrepareTransition::Finish(output)) => Ok(output),
        _ => Err(Rejected::Proof),
    };
    Ok([end(leader)?, end(helper)?])
}
