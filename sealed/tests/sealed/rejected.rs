//! What isn't a report of this task, by somebody who answered once, isn't counted.

use crate::support::{NOW_S, TASK, histogram, metadata, report, sum_vec};
use puls_aggregators::{Rejected, Uploaded};
use puls_sealed::{Dap09, Measurement, Report, SealedError};

const PASSIVE: Measurement = Measurement::Histogram { length: 3, cell: 1 };

#[test]
fn no_byte_can_be_changed() {
    let mut task = histogram(3);
    let whole = report(&task, TASK, 1, &PASSIVE);
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert!(task.upload(&changed).is_err(), "byte {at} of {}", whole.len());
    }
    assert!(task.upload(&whole[..whole.len() - 1]).is_err());
    assert_eq!((task.count(), task.sums(0..u64::MAX)), (0, vec![0, 0, 0]));
    assert_eq!(task.upload(&whole), Ok(Uploaded::Now));
    assert_eq!(task.sums(0..u64::MAX), [0, 1, 0]);
}

#[test]
fn a_report_for_another_task_is_not_taken() {
    let mut task = histogram(3);
    let other = report(&task, [8; 32], 1, &PASSIVE);
    assert_eq!(task.upload(&other), Err(Rejected::Sealing));
    // The keys of another pair.
    let strange = report(&histogram(3), TASK, 1, &PASSIVE);
    assert_eq!(task.upload(&strange), Err(Rejected::Sealing));
}

#[test]
fn a_report_that_comes_again_counts_once() {
    let mut task = histogram(3);
    let first = report(&task, TASK, 1, &PASSIVE);
    assert_eq!(task.upload(&first), Ok(Uploaded::Now));
    assert_eq!(task.upload(&first), Ok(Uploaded::Before));
    assert_eq!((task.count(), task.replayed(), task.sums(0..u64::MAX)), (1, 1, vec![0, 1, 0]));
}

/// Whoever wants to count more than once has to make a proof for it, which fails.
#[test]
fn shares_of_another_form_are_not_taken() {
    let mut task = histogram(3);
    let wider = report(&task, TASK, 1, &Measurement::Histogram { length: 9, cell: 1 });
    assert_eq!(task.upload(&wider), Err(Rejected::Share));
    // As long as shares of the task's own, but three entries of one bit instead of one cell of three.
    let several = report(&task, TASK, 2, &Measurement::SumVec { bits: 1, numbers: vec![1; 3] });
    assert!(task.upload(&several).is_err());
    assert_eq!(task.count(), 0);
}

#[test]
fn an_answer_without_a_place_is_not_split() {
    for (length, cell) in [(3, 3), (0, 0)] {
        let measurement = Measurement::Histogram { length, cell };
        let refused = Report::<Dap09>::new(TASK, metadata(1), &measurement).err();
        assert_eq!(refused, Some(SealedError::Measurement), "cell {cell} of {length}");
    }
    for (bits, numbers) in [(1, vec![]), (0, vec![0]), (7, vec![128, 0]), (128, vec![0])] {
        let refused = Report::<Dap09>::new(TASK, metadata(1), &Measurement::SumVec { bits, numbers }).err();
        assert_eq!(refused, Some(SealedError::Measurement), "{bits}");
    }
}

#[test]
fn cells_are_answered_once_unless_they_are_numbers() {
    assert!(matches!(Measurement::of(&[0, 1, 0], 0), Some(Measurement::Histogram { length: 3, cell: 1 })));
    for cells in [&[][..], &[0, 0], &[1, 1], &[0, 2]] {
        assert!(Measurement::of(cells, 0).is_none(), "{cells:?}");
    }
    let several = Measurement::of(&[1, 0, 1], 1);
    assert!(matches!(several, Some(Measurement::SumVec { bits: 1, numbers }) if numbers == [1, 0, 1]));
    assert!(Measurement::of(&[2, 0], 1).is_none());
    assert!(Measurement::of(&[127, 0], 7).is_some() && Measurement::of(&[128, 0], 7).is_none());
    assert!(Measurement::of(&[u32::MAX], 64).is_some());
}

#[test]
fn the_time_is_that_of_an_interval_that_is_over() {
    let time_s = metadata(1).time_s;
    assert_eq!(time_s % 3600, 0);
    assert!((3600..7200).contains(&(NOW_S - time_s)), "{time_s}");
    let mut task = sum_vec(2, 1);
    task.upload(&report(&task, TASK, 1, &Measurement::SumVec { bits: 1, numbers: vec![0, 1] })).unwrap();
    assert_eq!(task.sums(time_s..time_s + 1), [0, 1]);
    assert_eq!(task.sums(time_s + 1..u64::MAX), [0, 0]);
}
