use crate::keys::seal;
use crate::task::Task;
use janus_messages::query_type::TimeInterval;
use janus_messages::{
    AggregateShareAad, BatchSelector, Collection, CollectionReq, Interval, PartialBatchSelector, Role, TaskId,
};
use prio::codec::{Decode, Encode};
use std::ops::Range;

/// A request for the sums of a batch.
#[derive(Clone, PartialEq)]
pub(crate) struct Asked(CollectionReq<TimeInterval>);

impl Asked {
    /// Reads a request; `None` if it asks for anything but a time interval.
    pub(crate) fn read(message: &[u8]) -> Option<Self> {
        CollectionReq::get_decoded(message).ok().map(Self)
    }

    fn interval(&self) -> &Interval {
        self.0.query().batch_interval()
    }

    pub(crate) fn times_s(&self) -> Range<u64> {
        let start = self.interval().start().as_seconds_since_epoch();
        start..start + self.interval().duration().as_seconds()
    }
}

impl Task {
    /// Whether this batch shares a time with one that has been given out.
    pub(crate) fn overlaps(&self, asked: &Asked) -> bool {
        let times_s = asked.times_s();
        self.collected.iter().any(|other| other.start < times_s.end && times_s.start < other.end)
    }

    /// The sums of a batch, sealed for the collector; `None` while there are too few reports.
    ///
    /// After that, no report is added to this batch.
    pub(crate) fn collect(&mut self, asked: &Asked) -> Option<Vec<u8>> {
        let times_s = asked.times_s();
        let (count, [leader, helper]) = self.aggregation.shares(times_s.clone());
        if count < self.parameters.min_batch_size {
            return None;
        }
        if !self.collected.contains(&times_s) {
            self.collected.push(times_s);
        }
        let bound = AggregateShareAad::<TimeInterval>::new(
            TaskId::from(self.parameters.id),
            Vec::new(),
            BatchSelector::new_time_interval(*asked.interval()),
        );
        let bound = bound.get_encoded().unwrap();
        let sealed = |role, share: &[u8]| seal(&self.parameters.collector, role, &bound, share);
        let collection = Collection::<TimeInterval>::new(
            PartialBatchSelector::new_time_interval(),
            count,
            *asked.interval(),
            sealed(Role::Leader, &leader),
            sealed(Role::Helper, &helper),
        );
        Some(collection.get_encoded().unwrap())
    }
}
