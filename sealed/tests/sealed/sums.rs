use crate::support::{TASK, histogram, report, sum_vec};
use puls_aggregators::{Task, Uploaded};
use puls_sealed::Measurement;

const REPORTS: u64 = 1000;

/// Numbers that look like chance and are the same each time.
fn scattered(n: u64) -> u64 {
    n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

fn upload_all(task: &mut Task, reports: u64, measurement: impl Fn(u64) -> Measurement) {
    for n in 0..reports {
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
    upload_all(&mut task, REPORTS, |n| Measurement::Histogram { length, cell: cell(n) });
    assert_eq!(task.sums(0..u64::MAX), expected);
    assert!(expected.iter().all(|count| *count > 0), "{expected:?}");
}

#[test]
fn a_thousand_answers_of_several_options_add_up_exactly() {
    let length = 5;
    let cells = |n| (0..length).map(|cell| u32::from(scattered(n) >> cell & 1 == 1)).collect::<Vec<_>>();
    let mut expected = vec![0; length];
    for n in 0..REPORTS {
        for (count, given) in expected.iter_mut().zip(cells(n)) {
            *count += u128::from(given);
        }
    }
    let mut task = sum_vec(length, 1);
    upload_all(&mut task, REPORTS, |n| Measurement::SumVec { bits: 1, numbers: cells(n) });
    assert_eq!(task.sums(0..u64::MAX), expected);
    assert!(expected.iter().all(|count| *count > 0), "{expected:?}");
}

/// The products of one person's answers to three lines: one of 0 to 10, and two of 0 to 4.
fn products(n: u64) -> Vec<u32> {
    let cell = |at: u32, cells: u64| {
        u32::try_from(scattered(n) >> at & 0xffff).unwrap() % u32::try_from(cells).unwrap()
    };
    let factors = [1, cell(0, 11), cell(16, 5), cell(32, 5)];
    // Every sixth didn't answer all of them.
    let answered = u32::from(!n.is_multiple_of(6));
    let row = |one: usize| factors[one..].iter().map(move |other| answered * factors[one] * other);
    (0..factors.len()).flat_map(row).collect()
}

#[test]
fn products_of_two_hundred_people_add_up_exactly() {
    let mut expected = vec![0; 10];
    for n in 0..200 {
        for (sum, product) in expected.iter_mut().zip(products(n)) {
            *sum += u128::from(product);
        }
    }
    let mut task = sum_vec(10, 7);
    upload_all(&mut task, 200, |n| Measurement::SumVec { bits: 7, numbers: products(n) });
    assert_eq!(task.sums(0..u64::MAX), expected);
    assert_eq!(expected[0], 166, "who answered all of them");
    assert!(expected.iter().all(|sum| *sum > 100), "{expected:?}");
}
