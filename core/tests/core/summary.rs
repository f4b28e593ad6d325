//! Adding up: associative, commutative, with an identity, and the same however it is done.

use crate::support::read;
use proptest::prelude::*;
use puls_core::definition::{Definition, LineIndex};
use puls_core::path::{Path, Plan};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::summary::{Counts, Summary};
use puls_documents::{batched, net_promoter, notice, rating, survey};

fn definition() -> Definition {
    let document = survey("s")
        .items([notice("n"), net_promoter("a"), rating("b", 4).optional()])
        .with("joint", ["b", "a"])
        .privacy(batched(5));
    read(&document)
}

fn counts() -> impl Strategy<Value = Counts> {
    (prop::collection::vec(0_u64..1_000, 5), 0_u64..1_000)
        .prop_map(|(cells, missing)| Counts::of(5, cells, missing).unwrap())
}

fn responses() -> impl Strategy<Value = Vec<(usize, Option<usize>)>> {
    prop::collection::vec((0_usize..11, prop::option::of(0_usize..4)), 0..20)
}

fn summary(definition: &Definition, (first, second): (usize, Option<usize>)) -> Summary {
    let mut response = Response::new(definition);
    response.tap(definition, LineIndex(0), Cell(first));
    if let Some(cell) = second {
        response.tap(definition, LineIndex(1), Cell(cell));
    }
    Summary::of(&Path::of(definition, &Plan::given(definition), &Segment::default(), &response))
}

fn merged<'a>(parts: impl IntoIterator<Item = &'a Counts>) -> Counts {
    let mut sum = Counts::empty(5);
    parts.into_iter().for_each(|part| sum.merge(part));
    sum
}

proptest! {
    #[test]
    fn counts_merge_in_any_order_and_grouping(a in counts(), b in counts(), c in counts()) {
        prop_assert_eq!(merged([&a, &b]), merged([&b, &a]));
        prop_assert_eq!(merged([&merged([&a, &b]), &c]), merged([&a, &merged([&b, &c])]));
        prop_assert_eq!(merged([&a]), a);
    }

    #[test]
    fn adding_one_by_one_is_merging_ones(people in responses(), split in any::<prop::sample::Index>()) {
        let definition = definition();
        let sum = |people: &[(usize, Option<usize>)]| {
            let mut sum = Summary::empty(&definition);
            people.iter().for_each(|person| sum.merge(&summary(&definition, *person)));
            sum
        };
        let (left, right) = people.split_at(split.index(people.len() + 1));
        let mut halves = sum(left);
        halves.merge(&sum(right));
        // Summaries can't be printed, so they are only compared.
        prop_assert!(halves == sum(&people));
        let mut ones = Summary::empty(&definition);
        people.iter().rev().for_each(|person| ones.merge(&summary(&definition, *person)));
        prop_assert!(ones == sum(&people));
    }

    #[test]
    fn what_is_answered_and_missing_adds_up(cell in prop::option::of(0_usize..7)) {
        let one = Counts::one(5, cell);
        prop_assert_eq!(one.total() + one.missing(), 1);
        prop_assert_eq!(one.missing() == 1, cell.is_none_or(|cell| cell >= 5));
    }
}
