//! What readers get to see can't be taken apart into fewer people than the details allow, however they ask.

use crate::support::{self, published, read};
use puls_analysis::disclosure::{
    Block, Detail, Disclosed, Groups, Ledger, LineTotals, Published, PublishingRules, Step, joint_step, steps,
};
use puls_analysis::line::Line;
use puls_analysis::results::{LineShown, Results, Totals};
use puls_core::definition::Definition;
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_documents::{Document, batched, direct, net_promoter, randomised, rating, survey};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

fn of_everybody() -> Document {
    survey("s").item(net_promoter("recommend")).privacy(direct())
}

/// Two segments, of which pages may give one, both or none.
fn in_segments() -> Document {
    of_everybody().with("segments", json!({"unit": ["a", "b", "c"], "site": ["x", "y"]}))
}

/// A survey's answers of one wave, each by a person with a cell of their own: what is shown of them says at once
/// whom it is of.
struct Wave<'a> {
    definition: &'a Definition,
    people: usize,
    ledger: Ledger<LineTotals>,
    answered: u64,
    /// Of each detail, the different sets of people that any figure was ever of.
    seen: BTreeMap<Detail, BTreeSet<Vec<u64>>>,
    is_over: bool,
}

impl<'a> Wave<'a> {
    fn new(definition: &'a Definition, people: usize) -> Self {
        Self {
            definition,
            people,
            ledger: Ledger::default(),
            answered: 0,
            seen: BTreeMap::new(),
            is_over: false,
        }
    }

    fn steps(&self) -> Vec<Step> {
        steps(self.definition, &self.definition.counted()[0])
    }

    /// Somebody answers, or is counted without an answer.
    fn answer(&mut self, person: usize, group: &Segment, skips: bool) {
        self.answered += u64::from(!skips);
        let counts = Counts::one(self.people, (!skips).then_some(person));
        self.ledger.receive(group.clone(), &LineTotals { respondents: 1, counts });
    }

    /// Somebody looks at everything that there is to be looked at.
    fn look(&mut self) {
        let names: Vec<&str> = self.definition.segments.iter().map(|(name, _)| name.as_str()).collect();
        let tiers = self.definition.tiers().unwrap();
        let rules = PublishingRules { segments: &names, tiers, is_over: self.is_over };
        self.ledger.settle(&self.steps(), &rules);
        for filter in filters(self.definition) {
            let fits = |of: &Segment| filter.iter().all(|pair| of.iter().any(|other| other == pair));
            for Step { detail, .. } in self.steps() {
                if let Some(published) = published(&self.ledger, detail, fits) {
                    self.seen.entry(detail).or_default().insert(published.counts.cells().to_vec());
                }
            }
        }
    }

    /// The people that `last` tells of, in sets that nothing that was ever seen in any of `details` tells apart.
    fn blocks(&self, details: &[Detail], last: Detail) -> Vec<Vec<usize>> {
        let mut blocks: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
        for person in 0..self.people {
            let at = |seen: &Vec<u64>| seen.get(person).copied().unwrap_or(0);
            if self.seen[&last].iter().any(|seen| at(seen) > 0) {
                let signature = details.iter().flat_map(|detail| self.seen[detail].iter().map(at));
                blocks.entry(signature.collect()).or_default().push(person);
            }
        }
        blocks.into_values().collect()
    }
}

/// How many answers are published of all groups that fit.
fn answered(ledger: &Ledger<LineTotals>, detail: Detail, fits: impl Fn(&Segment) -> bool) -> u64 {
    published(ledger, detail, fits).map_or(0, |totals| totals.answered())
}

/// Every choice of segment values, none included.
fn filters(definition: &Definition) -> Vec<Segment> {
    let mut filters = vec![Segment::default()];
    for (name, values) in &definition.segments {
        let with = |filter: &Segment| {
            let chosen = |value| filter.iter().chain([(name.as_str(), value)]).collect::<Vec<_>>();
            values
                .iter()
                .map(|value| Segment::new(&definition.segments, chosen(value.as_str())).unwrap())
                .collect::<Vec<_>>()
        };
        let more: Vec<Segment> = filters.iter().flat_map(with).collect();
        filters.extend(more);
    }
    filters
}

/// Somebody looks before and after each of `people` respondents, who come from groups of very different sizes.
fn watched<'a>(definition: &'a Definition, people: usize, seed: u64) -> Wave<'a> {
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    let groups = filters(definition);
    let mut wave = Wave::new(definition, people);
    for person in 0..people {
        let group = &groups[(rng.next_u32() % 97 % groups.len() as u32) as usize];
        wave.answer(person, group, rng.next_u32().is_multiple_of(7));
        // Whoever comes late comes after the end.
        wave.is_over = person * 10 > people * 9;
        wave.look();
    }
    wave
}

/// No difference, sum or other reckoning with figures tells apart whom none of them tells apart.
#[test]
fn nothing_seen_can_be_taken_apart_into_fewer_than_a_block() {
    for (document, people, fewest) in [(of_everybody(), 60, [3, 5, 10]), (in_segments(), 160, [5, 5, 10])] {
        let definition = read(&document);
        for seed in 0..3 {
            let wave = watched(&definition, people, seed);
            for (detail, fewest) in Detail::ALL.into_iter().zip(fewest) {
                let blocks = wave.blocks(&[detail], detail);
                let smallest = blocks.iter().map(Vec::len).min().unwrap();
                assert!(smallest >= fewest, "{detail:?}, seed {seed}: {blocks:?}");
                assert!(blocks.len() > 2, "several are published apart");
            }
            let blocks = wave.blocks(&Detail::ALL, Detail::Score);
            assert!(blocks.iter().all(|block| block.len() >= fewest[0]), "all details together: {blocks:?}");
        }
    }
}

#[test]
fn once_a_wave_is_over_fewer_than_a_block_are_left() {
    let definition = read(&in_segments());
    for seed in 0..3 {
        let wave = watched(&definition, 160, seed);
        let published = answered(&wave.ledger, Detail::Score, |_| true);
        assert!((wave.answered - 4..=wave.answered).contains(&published), "{published} of {}", wave.answered);
    }
}

#[test]
fn what_is_shown_moves_in_steps() {
    let definition = read(&of_everybody());
    let mut wave = Wave::new(&definition, 20);
    let published = (0..20).map(|person| {
        wave.answer(person, &Segment::default(), false);
        wave.look();
        Detail::ALL.map(|detail| answered(&wave.ledger, detail, |_| true))
    });
    let mut steps: Vec<[u64; 3]> = published.collect();
    steps.dedup();
    assert_eq!(steps, [[0, 0, 0], [3, 0, 0], [8, 8, 0], [13, 13, 13], [18, 18, 13]]);
}

#[test]
fn small_groups_are_told_together_once_they_can_grow_no_more() {
    let definition = read(&in_segments());
    let mut wave = Wave::new(&definition, 72);
    let group = |pairs: &[(&str, &str)]| Segment::new(&definition.segments, pairs.iter().copied()).unwrap();
    for person in 0..3 {
        wave.answer(person, &group(&[("unit", "a"), ("site", "x")]), false);
        wave.answer(person + 3, &group(&[("unit", "a"), ("site", "y")]), false);
        wave.answer(person + 6, &group(&[("unit", "b"), ("site", "x")]), false);
        wave.answer(person + 9, &group(&[("unit", "c")]), false);
    }
    (12..72).for_each(|person| wave.answer(person, &group(&[("unit", "b"), ("site", "y")]), false));
    wave.look();
    let of = |wave: &Wave<'_>, pairs: &[(&str, &str)]| {
        let filter = group(pairs);
        let fits = |of: &Segment| filter.iter().all(|pair| of.iter().any(|other| other == pair));
        answered(&wave.ledger, Detail::Score, fits)
    };
    assert_eq!(of(&wave, &[]), 60, "each of the small ones may still grow");
    wave.is_over = true;
    wave.look();
    let found = [
        of(&wave, &[("unit", "a")]),
        of(&wave, &[("unit", "a"), ("site", "x")]),
        of(&wave, &[("unit", "b")]),
    ];
    assert_eq!(
        found,
        [6, 0, 60],
        "of the unit, whatever the site; the other two small ones only as part of all"
    );
    assert_eq!(of(&wave, &[]), 72);
}

/// As long as there are few answers, what is new in the whole is never one group's alone.
#[test]
fn in_a_small_wave_no_group_is_told_alone_as_everybodys() {
    let definition = read(&in_segments());
    let group = |unit: &str| Segment::new(&definition.segments, [("unit", unit)]).unwrap();
    let all = |wave: &Wave<'_>| answered(&wave.ledger, Detail::Score, |_| true);
    let mut wave = Wave::new(&definition, 40);
    (0..6).for_each(|person| wave.answer(person, &group("a"), false));
    (6..9).for_each(|person| wave.answer(person, &group("b"), false));
    wave.look();
    assert_eq!(all(&wave), 0, "only one of them has a block");
    (9..11).for_each(|person| wave.answer(person, &group("b"), false));
    wave.look();
    assert_eq!(all(&wave), 11, "both have one");
    (11..17).for_each(|person| wave.answer(person, &group("b"), false));
    wave.look();
    assert_eq!(all(&wave), 11);
    // Those of whom nothing is known are no group that anybody could ask for.
    (17..22).for_each(|person| wave.answer(person, &Segment::default(), false));
    wave.look();
    assert_eq!(all(&wave), 22);
    (22..28).for_each(|person| wave.answer(person, &group("c"), false));
    wave.is_over = true;
    wave.look();
    let c = group("c");
    let of_c = answered(&wave.ledger, Detail::Score, |of| of.iter().eq(c.iter()));
    assert_eq!((all(&wave), of_c), (28, 0), "what is left is everybody's");
}

/// What an item says less what an index says would be the answer of whoever skipped another item.
#[test]
fn an_index_leaves_nobody_when_it_is_taken_from_its_items() {
    let survey = |skips: usize| {
        let document = survey("s")
            .item(rating("a", 5))
            .item(rating("b", 5).optional())
            .with("derived", json!({"both": {"kind": "index", "items": ["a", "b"]}}))
            .with("segments", json!({"unit": ["a", "b"]}))
            .privacy(direct());
        let definition = read(&document);
        let tiers = definition.tiers().unwrap();
        let rules = PublishingRules { segments: &[], tiers, is_over: false };
        let [mut a, mut b, mut both] = [(); 3].map(|()| Ledger::default());
        for person in 0..12 {
            let b_is = (person >= skips).then_some(1);
            let receive = |ledger: &mut Ledger<LineTotals>, cells: usize, cell: Option<usize>| {
                ledger.receive(
                    Segment::default(),
                    &LineTotals { respondents: 1, counts: Counts::one(cells, cell) },
                );
            };
            receive(&mut a, 5, Some(person % 3));
            receive(&mut b, 5, b_is);
            receive(&mut both, 9, b_is.map(|b| b + person % 3));
        }
        let of = |line: usize| steps(&definition, &definition.counted()[line]);
        a.settle(&of(0), &rules);
        b.settle(&of(1), &rules);
        both.settle_index(&[&a, &b], &of(2), &rules);
        [Detail::Score, Detail::Points].map(|detail| answered(&both, detail, |_| true))
    };
    assert_eq!(survey(0), [12, 12]);
    assert_eq!(survey(1), [0, 0], "one person's answer would be left");
    assert_eq!(survey(4), [0, 0], "four people's would be fewer than a group has");
    assert_eq!(survey(5), [7, 0], "five are a block");
}

/// What is left of one group, alone, isn't published as if it were of several.
#[test]
fn what_is_left_of_one_group_is_not_told_as_everybodys() {
    let definition = read(&in_segments().with("withhold", json!({"group": 3, "whole": 3})));
    let mut wave = Wave::new(&definition, 7);
    let group = Segment::new(&definition.segments, [("unit", "a"), ("site", "x")]).unwrap();
    wave.is_over = true;
    (0..3).for_each(|person| wave.answer(person, &group, false));
    wave.look();
    (3..7).for_each(|person| wave.answer(person, &group, false));
    wave.look();
    assert_eq!(answered(&wave.ledger, Detail::Score, |_| true), 3, "four more are too few for a step");
}

#[test]
fn tiers_may_be_raised_and_not_taken_below_three() {
    let raised = read(&of_everybody().with("withhold", json!({"score": 12, "themes": 100})));
    let line = &raised.counted()[0];
    let fewest: Vec<u64> = steps(&raised, line).iter().map(|step| step.fewest).collect();
    assert_eq!(fewest, [12, 5, 10]);
    let refused = |document: Document| Definition::parse(&document.to_string()).unwrap_err().to_string();
    let below = of_everybody().with("withhold", json!({"points": 2}));
    assert_eq!(refused(below), "withhold.points: 2 is below 3");
    let mistake = refused(of_everybody().with("withhold", json!({})).privacy(randomised(2.0)));
    assert!(
        mistake.starts_with("withhold: means something only where answers are counted exactly"),
        "{mistake}"
    );
}

#[test]
fn what_is_withheld_says_why() {
    let definition = read(&in_segments());
    let counted = &definition.counted()[0];
    let steps = steps(&definition, counted);
    let results = |answered: u64, groups: Groups| {
        let mut cells = vec![0; 11];
        cells[9] = answered;
        let totals = LineTotals { respondents: answered, counts: support::counts(&cells, 0) };
        let is_open = groups == Groups::Open;
        let due = steps.iter().filter(|step| is_open && answered >= step.fewest);
        let published = due.map(|step| (step.detail, totals.clone())).collect();
        let disclosed = Disclosed { respondents: answered, published, groups };
        let shown = Published::of(counted, &Line::of(&definition, counted), &steps, &disclosed);
        let lines = [("recommend".to_owned(), LineShown::Published(shown))].into();
        let totals = Totals { respondents: answered, lines, ..Totals::default() };
        let results = Results::of(&definition, &totals, None, Vec::new(), BTreeMap::new(), "en");
        serde_json::to_value(&results.items[0]).unwrap()
    };
    let few = results(4, Groups::Open);
    assert_eq!(few["score"], json!({"withheld": "too_few", "have": 4, "needs": 5}));
    assert_eq!(few["distribution"], json!({"withheld": "too_few", "have": 4, "needs": 10}));
    assert_eq!((&few["favourable"]["withheld"], &few["counts"]), (&json!("too_few"), &json!([])));
    let some = results(9, Groups::Open);
    assert_eq!((&some["score"]["value"], &some["favourable"]["of"]), (&json!(100.0), &json!(9)));
    assert_eq!(some["distribution"]["needs"], 10);
    let part = results(30, Groups::TooFewInAll { have: 49, needs: 50 });
    assert_eq!(part["score"], json!({"withheld": "too_few", "in_whole": true, "have": 49, "needs": 50}));
    let part = results(30, Groups::Open);
    assert_eq!(part["distribution"].as_array().unwrap().len(), 11);
    // Back again, as the results page reads it.
    for value in [few, some, part] {
        let item: puls_analysis::results::ItemResult = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(item).unwrap(), value);
    }
}

#[test]
fn how_answers_go_together_takes_ten() {
    let joint = survey("s")
        .items([rating("a", 5), rating("b", 5)])
        .with("joint", ["a", "b"])
        .with("withhold", json!({"points": 4}))
        .privacy(batched(5));
    assert_eq!(joint_step(&read(&joint)).fewest, 10);
}
