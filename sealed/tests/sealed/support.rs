use puls_aggregators::{Keypair, Parameters, Task, Vdaf};
use puls_sealed::{Measurement, Metadata, TaskId, chunk_length};

pub(crate) const TASK: TaskId = [7; 32];
pub(crate) const NOW_S: u64 = 1_794_600_000;
pub(crate) const PRECISION_S: u64 = 3600;

pub(crate) fn histogram(length: usize) -> Task {
    task(Vdaf::Histogram { length, chunk_length: chunk_length(length, 1) })
}

pub(crate) fn sum_vec(length: usize, bits: u32) -> Task {
    task(Vdaf::SumVec { bits, length, chunk_length: chunk_length(length, bits) })
}

fn task(vdaf: Vdaf) -> Task {
    Task::new(Parameters {
        id: TASK,
        vdaf,
        min_batch_size: 10,
        collector: Keypair::generate(3).config().clone(),
        bearer_token: "token".to_owned(),
    })
}

/// The n-th report's metadata.
pub(crate) fn metadata(n: u64) -> Metadata {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    Metadata::of(id, NOW_S, PRECISION_S)
}

/// The n-th report, as a browser uploads it.
pub(crate) fn report(task: &Task, id: TaskId, n: u64, measurement: &Measurement) -> Vec<u8> {
    puls_aggregators::report(task, id, metadata(n), measurement)
}
