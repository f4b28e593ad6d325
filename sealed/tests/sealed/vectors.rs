//! What the WebAssembly module makes of fixed randomness, as both aggregators see it. That it does make this, a test in
//! a browser holds (`tests/browser/sealed/module.rs`). The first one is `Prio3Histogram_0` of the standard's own.

use janus_messages::{InputShareAad, PlaintextInputShare};
use prio::codec::{Decode, ParameterizedDecode};
use prio::vdaf::prio3::Prio3;
use prio::vdaf::{Aggregator, Collector, PrepareTransition};
use puls_sealed::chunk_length;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    task: String,
    now_s: u64,
    precision_s: u64,
    reports: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    cells: Vec<u128>,
    bits: u32,
    random: String,
    leader: String,
    helper: String,
    associated_data: String,
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn both_aggregators_get_the_answer_out_of_the_golden_shares() {
    let vectors: Vectors = serde_json::from_str(include_str!("../vectors/dap-09.json")).unwrap();
    for vector in &vectors.reports {
        let length = vector.cells.len();
        let chunk_length = chunk_length(length, vector.bits);
        let sums = if vector.bits > 0 {
            let vdaf = Prio3::new_sum_vec(2, vector.bits as usize, length, chunk_length).unwrap();
            aggregate(&vdaf, vector, &vectors)
        } else {
            aggregate(&Prio3::new_histogram(2, length, chunk_length).unwrap(), vector, &vectors)
        };
        assert_eq!(sums, vector.cells);
    }
    assert_eq!(vectors.reports.len(), 3);
}

fn aggregate<V>(vdaf: &V, vector: &Vector, vectors: &Vectors) -> Vec<u128>
where
    V: Aggregator<16, 16, AggregationParam = ()> + Collector<AggregateResult = Vec<u128>>,
{
    let bound = InputShareAad::get_decoded(&bytes(&vector.associated_data)).unwrap();
    let nonce: [u8; 16] = bytes(&vector.random)[..16].try_into().unwrap();
    assert_eq!(bound.metadata().id().as_ref(), &nonce);
    assert_eq!(bound.task_id().as_ref().to_vec(), bytes(&vectors.task));
    let time_s = bound.metadata().time().as_seconds_since_epoch();
    assert_eq!(time_s, (vectors.now_s / vectors.precision_s - 1) * vectors.precision_s);
    let public = V::PublicShare::get_decoded_with_param(vdaf, bound.public_share()).unwrap();
    let (states, shares): (Vec<_>, Vec<_>) = [&vector.leader, &vector.helper]
        .iter()
        .enumerate()
        .map(|(aggregator, plaintext)| {
            let plaintext = PlaintextInputShare::get_decoded(&bytes(plaintext)).unwrap();
            let share =
                V::InputShare::get_decoded_with_param(&(vdaf, aggregator), plaintext.payload()).unwrap();
            vdaf.prepare_init(&[9; 16], aggregator, &(), &nonce, &public, &share).unwrap()
        })
        .unzip();
    let message = vdaf.prepare_shares_to_prepare_message(&(), shares).unwrap();
    let aggregates =
        states.into_iter().map(|state| match vdaf.prepare_next(state, message.clone()).unwrap() {
            PrepareTransition::Finish(output) => vdaf.aggregate(&(), [output]).unwrap(),
            PrepareTransition::Continue(..) => panic!("Prio3 has one round"),
        });
    vdaf.unshard(&(), aggregates, 1).unwrap()
}
