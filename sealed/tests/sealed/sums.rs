use crate::support::{TASK, histogram, report, sum_vec};
use puls_aggregators::{Task, Uploaded};
use puls_sealed::Measurement;

const REPORTS: u64 = 1000;

/// Numbers that look like chance and are the same each time.
fn scattered(n: u64) -> u64 {
    n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

fn upload_all(task: &mut Task, measurement: impl Fn(u64) -> Measurement) {
    for n in 0..REPORTS {
        let report = report(task, TASK, n, &measurement(n));
        assert_eq!(task.upload(&report), Ok(Uploaded::Now));
    }
}

#[test]
fn a_thousand_answers_add_up_exactly() {
    let length = 12;
    let cell = |n| usize::try_from(scattered(n) % 12).unwrap();
    let mut expected = vec![0; length];
    (0..REPORTS).for_each(|n| expected[cell(n)] += 1);
    let mut task = histogram(length);
    upload_all(&mut task, |n| Measurement::Histogram { length, cell: cell(n) });
    assert_eq!(task.sums(0..u64::MAX), expected);
    assert!(expected.iter().all(|count| *count > 0), "{expected:?}");
}

#[test]
fn a_thousand_answers_of_several_options_add_up_exactly() {
    let length = 5;
    let cells = |n| (0..length).map(|cell| scattered(n) >> cell & 1 == 1).collect::<Vec<_>>();
    let mut expected = vec![0; length];
    for n in 0..REPORTS {
        for (count, given) in expected.iter_mut().zip(cells(n)) {
            *count += u128::from(given);
        }
    }
    let mut task = sum_vec(length);
    upload_all(&mut task, |n| Measurement::SumVec(cells(n)));
    assert_eq!(task.sums(0..u64::MAX), expected);
    assert!(expected.iter().all(|count| *count > 0), "{expected:?}");
}
