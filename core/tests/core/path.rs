//! The way through a survey: what is asked, how it is put, what is offered, and what counts in the end.

use crate::support::documents::{nearly_valid, valid};
use crate::support::ways::walked;
use crate::support::{self, released, survey_with};
use proptest::prelude::*;
use puls_core::definition::{Definition, LineIndex};
use puls_core::path::{Path, Plan};
use puls_core::pieces::Pieces;
use puls_core::privacy::{Keep, prepare};
use puls_core::response::{Cell, Response};
use puls_core::segment::Segment;
use puls_core::wave::Wave;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use std::collections::BTreeSet;

/// Somebody on the way through a survey in the given order.
struct Respondent {
    definition: Definition,
    plan: Plan,
    segment: Segment,
    response: Response,
}

impl Respondent {
    fn new(definition: Definition) -> Self {
        let (plan, response) = (Plan::given(&definition), Response::new(&definition));
        Self { definition, plan, segment: Segment::default(), response }
    }

    fn of_valid() -> Self {
        Self::new(Definition::parse(&valid().to_string()).unwrap())
    }

    fn path(&self) -> Path<'_> {
        Path::of(&self.definition, &self.plan, &self.segment, &self.response)
    }

    /// Taps cells by the name of their line.
    fn tap(&mut self, taps: &[(&str, usize)]) {
        for (id, cell) in taps {
            let line = self.definition.counted().iter().position(|line| line.id == *id).unwrap();
            self.response.tap(&self.definition, LineIndex(line), Cell(*cell));
        }
    }

    /// The ids of the items on the way.
    fn way(&self) -> Vec<&str> {
        self.path().items().iter().map(|item| self.definition.items[*item].id.as_str()).collect()
    }

    fn item(&self, id: &str) -> usize {
        self.definition.items.iter().position(|item| item.id == id).unwrap()
    }

    fn text(&self, id: &str) -> &str {
        self.path().text(self.item(id)).unwrap().get("en")
    }
}

#[test]
fn conditions_and_jumps_decide_what_is_asked() {
    let mut person = Respondent::of_valid();
    let start = ["hello", "recommend", "ease", "topic", "stars", "rows", "which", "why", "times"];
    assert_eq!(person.way(), start);
    person.tap(&[("recommend", 3)]);
    assert!(person.way().contains(&"agree"), "asked of those who recommend less than 7");
    person.tap(&[("recommend", 9), ("which", 3)]);
    assert_eq!(person.way().last(), Some(&"which"), "none ends it");
    assert_eq!(person.path().next(person.item("which")), None);
    assert_eq!(person.path().previous(person.item("which")), Some(person.item("rows")));
    assert!(!person.path().is_complete(), "ease isn't answered");
}

#[test]
fn the_first_jump_that_holds_is_taken_and_one_without_condition_always() {
    let person = |cell: usize| {
        let count = |id: &str| format!(r#"{{"id": "{id}", "kind": "count", "text": "?", "most": 9}}"#);
        let items: Vec<String> = ["a", "b", "c", "d", "e"].map(count).into();
        let rule = |when: &str, go: &str| format!(r#"{{"after": "a", {when} "go": "{go}"}}"#);
        let rules = [
            rule(r#""when": {"item": "a", "at_least": 8},"#, "end"),
            rule(r#""when": {"item": "a", "at_least": 5},"#, "d"),
            rule(r#""when": {"item": "a", "is": 0},"#, "b"),
            rule("", "c"),
        ];
        let fields = format!(r#""items": [{}], "routing": [{}]"#, items.join(","), rules.join(","));
        let mut person = Respondent::new(survey_with(&fields));
        person.tap(&[("a", cell)]);
        person.way().join("")
    };
    assert_eq!([9, 5, 0, 1].map(person), ["a", "ade", "abcde", "acde"]);
}

#[test]
fn what_was_answered_on_another_way_no_longer_counts() {
    let fields = r#""privacy": {"kind": "batched", "k": 3, "device": "shared"}, "items": [
        {"id": "a", "kind": "count", "text": "?", "most": 1},
        {"id": "b", "kind": "count", "text": "?", "most": 1, "when": {"item": "a", "is": 1}},
        {"id": "c", "kind": "count", "text": "?", "most": 1, "when": {"item": "b", "is": 1}}]"#;
    let mut person = Respondent::new(survey_with(fields));
    person.tap(&[("a", 1), ("b", 1), ("c", 1)]);
    assert_eq!(person.way(), ["a", "b", "c"]);
    person.tap(&[("a", 0)]);
    assert_eq!(person.way(), ["a"], "and c isn't asked by the answer to b, which was left behind");
    let mut keep = Keep::default();
    let mut last = None;
    for seed in 0..3 {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let prepared = prepare(&person.path(), keep, Wave::of(person.definition.wave, 0), &mut rng).unwrap();
        keep = prepared.keep.clone();
        last = Some(prepared);
    }
    let released = released(&last.unwrap());
    let missing: Vec<u64> = released.items.iter().map(|(_, counts)| counts.missing()).collect();
    assert_eq!(missing, [0, 3, 3]);
}

#[test]
fn an_item_is_put_as_it_was_when_it_was_come_to() {
    let mut person = Respondent::of_valid();
    assert_eq!(person.text("rows"), "And these?", "no scale has been answered: the mood is mixed");
    person.tap(&[("recommend", 1), ("ease", 1), ("topic", 0)]);
    assert_eq!(person.text("rows"), "Tell us more");
    // Two statements to fully agree with lift the mood, but not that of the question they belong to.
    person.tap(&[("row-1", 4), ("row-2", 0)]);
    assert_eq!(person.text("rows"), "Tell us more");
    person.tap(&[("recommend", 10), ("ease", 4)]);
    person.segment = Segment::new(&person.definition.segments, [("unit", "sales")]).unwrap();
    assert_eq!(person.text("rows"), "Seller!");
}

#[test]
fn moods_turn_at_40_and_70() {
    let mut found = Vec::new();
    for cell in 0..11 {
        let mood = |mood: &str| format!(r#"{{"when": {{"mood": "{mood}"}}, "text": "{mood}"}}"#);
        let fields = format!(
            r#""items": [{}, {{"id": "b", "kind": "count", "text": "mixed", "most": 1, "variants": [{}, {}]}}]"#,
            support::NPS,
            mood("low"),
            mood("high")
        );
        let mut person = Respondent::new(survey_with(&fields));
        person.tap(&[("recommend", cell)]);
        found.push(person.text("b").to_owned());
    }
    assert_eq!(
        found,
        ["low", "low", "low", "low", "mixed", "mixed", "mixed", "high", "high", "high", "high"]
    );
}

#[test]
fn a_way_out_is_offered_from_when_it_holds_until_the_end() {
    let mut person = Respondent::of_valid();
    let offered = |person: &Respondent| person.path().routes().len();
    assert_eq!(offered(&person), 0);
    person.tap(&[("recommend", 2)]);
    assert_eq!(offered(&person), 1, "the mood is low");
    person.tap(&[("ease", 4), ("topic", 0), ("stars", 0), ("agree", 4)]);
    assert_eq!(offered(&person), 1, "it is better now, but the offer stands");
    person.tap(&[("recommend", 9)]);
    assert_eq!(offered(&person), 0, "that was another answer");
}

#[test]
fn thanks_follow_the_answers() {
    let mut person = Respondent::of_valid();
    let title =
        |person: &Respondent| person.definition.thanks[person.path().thanks(&[])].title.get("en").to_owned();
    assert_eq!(title(&person), "Thanks");
    // `stars` and `row-2` are reversed; 2 and 4 of 4 are 75 of 100, which is high.
    person.tap(&[("recommend", 6), ("ease", 2), ("topic", 0), ("stars", 0), ("agree", 4)]);
    person.tap(&[("row-1", 4), ("row-2", 0), ("which", 0), ("times", 5)]);
    assert_eq!(title(&person), "Great!");
    person.tap(&[("row-2", 4), ("row-1", 0)]);
    assert_eq!(title(&person), "Thanks");
}

#[test]
fn thanks_follow_the_way_out_that_was_taken() {
    let person = Respondent::of_valid();
    assert_eq!(person.path().thanks(&[]), 1);
    assert_eq!(person.path().thanks(&[0]), 0);
}

#[test]
fn several_answers_keep_to_their_rules() {
    let mut person = Respondent::of_valid();
    let which = person.definition.lines(person.item("which")).next().unwrap();
    let given = |person: &Respondent| person.response.given(which);
    person.tap(&[("which", 0), ("which", 2)]);
    assert_eq!(given(&person), Some(0b101));
    person.tap(&[("which", 1)]);
    assert_eq!(given(&person), Some(0b101), "two are the most");
    person.tap(&[("which", 3)]);
    assert_eq!(given(&person), Some(0b1000), "none takes the place of the others");
    person.tap(&[("which", 1)]);
    assert_eq!(given(&person), Some(0b10), "and gives way to them");
    person.tap(&[("which", 1)]);
    assert_eq!(given(&person), None, "nothing chosen is no answer");
    let why = person.definition.lines(person.item("why")).next().unwrap();
    person.tap(&[("why", 0), ("why", 0)]);
    assert_eq!(person.response.given(why), Some(0), "a text may be about none of the themes");
    let Respondent { definition, response, .. } = &mut person;
    let (first, none) = (LineIndex(0), LineIndex(99));
    for (line, cells) in [(which, 0b1001), (which, 0b111), (which, 1 << 4), (first, 0b11), (none, 1)] {
        response.answer(definition, line, Some(cells));
        assert!(response.given(line).is_none(), "{cells:b}");
    }
}

#[test]
fn pieces_stand_where_the_page_or_the_definition_says() {
    let definition = Definition::parse(&valid().to_string()).unwrap();
    let stars = &definition.items[4].text;
    let fill = |pieces: &Pieces, language| pieces.fill(&definition, stars, language);
    assert_eq!(fill(&Pieces::default(), "en"), "Stars for our lamp?");
    assert_eq!(fill(&Pieces::default(), "sv"), "Stars for vår lampa?");
    let long = "{product} ".to_owned() + &"x".repeat(200);
    let given = Pieces::new(&definition, [("product", long.as_str())]).unwrap();
    assert_eq!(fill(&given, "en").chars().count(), "Stars for ?".len() + 100);
    assert!(fill(&given, "en").contains("{product} xxx"), "what is given isn't filled in again");
    assert_eq!(fill(&Pieces::new(&definition, [("product", "")]).unwrap(), "en"), "Stars for our lamp?");
    let unknown = Pieces::new(&definition, [("name", "Eva")]).unwrap_err();
    assert_eq!(unknown.to_string(), "\"name\" is unknown; allowed are product");
}

fn drawn(fields: &str) -> Definition {
    let item =
        |id: &str, more: &str| format!(r#"{{"id": "{id}", "kind": "count", "text": "?", "most": 1{more}}}"#);
    let fixed = r#", "fixed": true"#;
    let items =
        [item("a", ""), item("b", fixed), item("c", ""), item("d", ""), item("e", ""), item("f", fixed)];
    survey_with(&format!(r#"{fields}, "items": [{}]"#, items.join(",")))
}

#[test]
fn every_order_and_every_sample_is_drawn_and_fixed_items_stay() {
    let mut rng = ChaCha12Rng::seed_from_u64(5);
    let mut plans = |definition: &Definition| -> BTreeSet<Vec<usize>> {
        (0..2_000).map(|_| Plan::draw(definition, &mut rng).unwrap().items().to_vec()).collect()
    };
    let orders = plans(&drawn(r#""order": "random""#));
    assert_eq!(orders.len(), 24);
    assert!(orders.iter().all(|order| order[1] == 1 && order[5] == 5));
    let samples = plans(&drawn(r#""sample": 2"#));
    assert_eq!(samples.len(), 6);
    assert!(samples.iter().all(|items| items.len() == 4 && items.is_sorted() && items.contains(&1)));
    let both = plans(&drawn(r#""sample": 2, "order": "random""#));
    assert_eq!(both.len(), 12);
    assert!(both.iter().all(|items| items.last() == Some(&5)));
    assert_eq!(Plan::given(&drawn(r#""sample": 2, "order": "random""#)).items(), [0, 1, 2, 5]);
}

#[test]
fn each_item_is_drawn_as_often_as_any_other() {
    let definition = drawn(r#""sample": 1"#);
    let mut rng = ChaCha12Rng::seed_from_u64(6);
    let mut counts = [0_u32; 6];
    for _ in 0..40_000 {
        for item in Plan::draw(&definition, &mut rng).unwrap().items() {
            counts[*item] += 1;
        }
    }
    // Pearson's χ² at α = 0.001 with 3 degrees of freedom.
    let statistic: f64 =
        [0, 2, 3, 4].map(|item| (f64::from(counts[item]) - 10_000.0).powi(2) / 10_000.0).iter().sum();
    assert!(statistic < 16.266, "{counts:?}");
    assert_eq!((counts[1], counts[5]), (40_000, 40_000));
}

#[test]
fn options_are_shuffled_and_those_beside_them_stay_last() {
    let definition = Definition::parse(&valid().to_string()).unwrap();
    let mut rng = ChaCha12Rng::seed_from_u64(7);
    let shown: BTreeSet<Vec<usize>> =
        (0..100).map(|_| Plan::draw(&definition, &mut rng).unwrap().cells(&definition, 7)).collect();
    assert_eq!(shown, [vec![0, 1, 2, 3], vec![1, 0, 2, 3]].into());
    assert_eq!(Plan::given(&definition).cells(&definition, 3), [0, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever survey can be read, and whatever is tapped in it: the way through ends, nothing is asked
    /// twice, and what is kept of it is read back as it is.
    #[test]
    fn every_way_ends(document in nearly_valid(), seed in any::<u64>(), batched in any::<bool>()) {
        let mut document = document;
        if batched && document.is_object() {
            document["privacy"] = serde_json::json!({"kind": "batched", "k": 3, "device": "shared"});
        }
        let Ok(definition) = Definition::parse(&document.to_string()) else { return Ok(()) };
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let mut keep = Keep::default();
        for _ in 0..3 {
            let prepared = walked(&definition, keep, &mut rng);
            keep = support::through_json(&prepared.keep, &definition);
            prop_assert!(keep == prepared.keep);
        }
    }
}
