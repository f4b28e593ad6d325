use arbitrary::{Result, Unstructured};
use janus_messages::{InputShareAad, PlaintextInputShare};
use prio::codec::{Decode, ParameterizedDecode};
use prio::vdaf::prio3::Prio3;
use prio::vdaf::{Aggregator, Collector, PrepareTransition};
use puls_sealed::{Dap09, Measurement, Metadata, Report, Role, chunk_length};

/// No line has more cells than this. Each takes a byte of the input, and proofs take longer the more there are.
const MOST_CELLS: usize = 182;

/// Splits what the bytes decide, if it is an answer, and puts it together again. Returns whether it is one.
pub(super) fn check(input: &mut Unstructured<'_>) -> Result<bool> {
    let (is_several, id, task): (bool, [u8; 16], [u8; 32]) = input.arbitrary()?;
    let (now_s, precision_s): (u64, u64) = input.arbitrary()?;
    let cells: Vec<u32> = input.bytes(input.len().min(MOST_CELLS))?.iter().copied().map(u32::from).collect();
    let answered = cells.iter().filter(|cell| **cell == 1).count();
    let is_answer = cells.iter().all(|cell| *cell <= 1) && (is_several || answered == 1);
    let measurement = Measurement::of(&cells, u32::from(is_several));
    assert_eq!(measurement.is_some(), is_answer, "{cells:?}");
    let Some(measurement) = measurement else { return Ok(false) };

    let metadata = Metadata::of(id, now_s, precision_s);
    check_time(metadata.time_s, now_s, precision_s.max(1));
    let report = Report::<Dap09>::new(task, metadata, &measurement);
    assert_eq!(report.is_ok(), !cells.is_empty());
    let Ok(report) = report else { return Ok(false) };
    let length = cells.len();
    let sums = if is_several {
        aggregate(&Prio3::new_sum_vec(2, 1, length, chunk_length(length, 1)).unwrap(), &report)
    } else {
        aggregate(&Prio3::new_histogram(2, length, chunk_length(length, 1)).unwrap(), &report)
    };
    assert!(sums.into_iter().eq(cells.iter().copied().map(u128::from)), "another answer than {cells:?}");
    Ok(true)
}

/// A report's time is the start of the last interval that is over, or 0 in the very first interval.
fn check_time(time_s: u64, now_s: u64, precision_s: u64) {
    assert_eq!(time_s % precision_s, 0);
    let is_first = now_s < precision_s;
    assert!(is_first || (precision_s <= now_s - time_s && (now_s - time_s) / 2 < precision_s));
    assert!(!is_first || time_s == 0);
}

/// The sums that a collector gets of a report, by way of a leader and a helper.
fn aggregate<V>(vdaf: &V, report: &Report<Dap09>) -> Vec<u128>
where
    V: Aggregator<16, 16, AggregationParam = ()> + Collector<AggregateResult = Vec<u128>>,
{
    let bound = InputShareAad::get_decoded(&report.associated_data()).unwrap();
    let nonce = report.metadata().id;
    let public = V::PublicShare::get_decoded_with_param(vdaf, bound.public_share()).unwrap();
    let roles = [(0, Role::Leader), (1, Role::Helper)];
    let prepared = roles.map(|(aggregator, role)| {
        let plaintext = PlaintextInputShare::get_decoded(&report.plaintext(role)).unwrap();
        let share = V::InputShare::get_decoded_with_param(&(vdaf, aggregator), plaintext.payload()).unwrap();
        vdaf.prepare_init(&[9; 16], aggregator, &(), &nonce, &public, &share).unwrap()
    });
    let (states, shares): (Vec<_>, Vec<_>) = prepared.into_iter().unzip();
    let message = vdaf.prepare_shares_to_prepare_message(&(), shares).unwrap();
    let aggregates =
        states.into_iter().map(|state| match vdaf.prepare_next(state, message.clone()).unwrap() {
            PrepareTransition::Finish(output) => vdaf.aggregate(&(), [output]).unwrap(),
            PrepareTransition::Continue(..) => panic!("Prio3 has one round"),
        });
    vdaf.unshard(&(), aggregates, 1).unwrap()
}
