//! Releases that leave line by line, and reports for aggregators: what each holds, and what it doesn't.

use crate::support::{NPS, Released, answered, counts, document, given, outcome, prepared, survey};
use puls_core::definition::{Definition, Summed};
use puls_core::joint_sums::JointSums;
use puls_core::privacy::{Keep, Layout, Outcome, PrepareError, Report, Tally, TaskLayout, TaskSums};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_documents::{self as documents, net_promoter};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;

const DIRECT: &str = r#"{"kind": "direct", "trust": "endpoint"}"#;
const EASE: &str =
    r#"{"id": "ease", "kind": "rating", "text": "?", "scale": {"points": 5}, "required": false}"#;
const WHICH: &str = r#"{"id": "which", "kind": "choices", "text": "?",
    "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}, {"id": "c", "text": "C"}]}"#;

fn apart(definition: &Definition, answers: &[Option<u32>], rng: &mut ChaCha12Rng) -> Vec<Released> {
    let prepared = prepared(definition, &given(definition, answers), &Keep::default(), rng);
    let Outcome::Apart(releases) = prepared.outcome else { panic!("not apart") };
    releases.iter().map(|release| Released::read(release.json())).collect()
}

#[test]
fn each_line_leaves_by_itself_and_all_add_up_to_what_was_answered() {
    let definition = survey(DIRECT, &format!("{NPS}, {EASE}, {WHICH}"));
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let (mut sums, mut truth) = (BTreeMap::<String, Counts>::new(), BTreeMap::<String, Counts>::new());
    let (mut ids, mut orders) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        let (score, ease) = (rng.next_u32() % 11, rng.next_u32() % 6);
        let which = 1 + rng.next_u32() % 7;
        let answers = [Some(1 << score), (ease < 5).then(|| 1 << ease), Some(which)];
        let releases = apart(&definition, &answers, &mut rng);
        assert_eq!(releases.len(), 3, "also of a line that was skipped");
        orders.push(releases.iter().map(|release| release.items[0].0.clone()).collect::<Vec<_>>());
        for release in releases {
            assert_eq!((release.items.len(), release.respondents), (1, 1));
            let (item, counts) = &release.items[0];
            sums.entry(item.clone()).or_insert_with(|| Counts::empty(counts.cells().len())).merge(counts);
            ids.push(release.id);
        }
        let mut add = |line: &str, counts: Counts| {
            truth.entry(line.into()).or_insert_with(|| Counts::empty(counts.cells().len())).merge(&counts);
        };
        add("recommend", Counts::one(11, Some(score as usize)));
        add("ease", Counts::one(5, (ease < 5).then_some(ease as usize)));
        add("which", Counts::several(3, Some(which)));
    }
    assert!(sums == truth);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 600);
    orders.sort();
    orders.dedup();
    assert_eq!(orders.len(), 6, "every order of three comes up");
}

fn sealed(tasks: &str, items: &str) -> Result<Definition, String> {
    sealed_with("", tasks, items)
}

fn sealed_with(fields: &str, tasks: &str, items: &str) -> Result<Definition, String> {
    let document = document(&format!(
        r#"{fields} "items": [{items}],
            "privacy": {{"kind": "sealed", "leader": "https://leader.example", "helper": "https://helper.example",
                "tasks": [{tasks}]}}"#
    ));
    Definition::parse(&document.to_string()).map_err(|problems| problems.to_string())
}

fn task(item: &str, segment: &str, id: char) -> String {
    format!(r#"{{"item": "{item}", "segment": {segment}, "id": "{}"}}"#, id.to_string().repeat(43))
}

fn reports(definition: &Definition, answers: &[Option<u32>]) -> Vec<Report> {
    let response = given(definition, answers);
    match prepared(definition, &response, &Keep::default(), &mut ChaCha12Rng::seed_from_u64(1)).outcome {
        Outcome::Sealed(reports) => reports,
        _ => panic!("not sealed"),
    }
}

#[test]
fn each_line_has_a_report_for_its_task() {
    let tasks = [task("recommend", "{}", 'r'), task("ease", "{}", 'e'), task("which", "{}", 'w')].join(", ");
    let definition = sealed(&tasks, &format!("{NPS}, {EASE}, {WHICH}")).unwrap();
    let found = reports(&definition, &[Some(1 << 9), None, Some(0b101)]);
    assert_eq!(found.iter().map(|report| &report.task()[..1]).collect::<String>(), "rew");
    assert!(matches!(found[0].tally(), Tally::One { cell: 2, length: 3 }), "a promoter");
    assert!(matches!(found[1].tally(), Tally::One { cell: 5, length: 6 }), "no answer");
    assert!(matches!(found[2].tally(), Tally::Numbers { bits: 1, numbers } if *numbers == [1, 0, 1]));
}

#[test]
fn sums_are_taken_only_where_they_can_be_sums_of_so_many() {
    let tasks = [task("recommend", "{}", 'r'), task("ease", "{}", 'e'), task("which", "{}", 'w')].join(", ");
    let definition = sealed(&tasks, &format!("{NPS}, {EASE}, {WHICH}")).unwrap();
    let lines = definition.counted();
    let [recommend, ease, which] = [0, 1, 2].map(|line| Layout::of(&lines[line]));
    assert_eq!((recommend.length(), ease.length(), which.length()), (3, 6, 3));
    let counts = |cells: &[u64], missing| Some(TaskSums::Line(counts(cells, missing)));
    assert_eq!(recommend.sums(&[1, 2, 4], 7), counts(&[1, 2, 4], 0));
    assert_eq!(ease.sums(&[0, 0, 1, 0, 3, 2], 6), counts(&[0, 0, 1, 0, 3], 2));
    assert_eq!(which.sums(&[7, 0, 5], 7), counts(&[7, 0, 5], 0));
    for (sums, respondents) in [(&[1, 2, 4][..], 6), (&[1, 2, 4], 8), (&[7], 7), (&[u128::MAX, 1, 0], 0)] {
        assert_eq!(recommend.sums(sums, respondents), None, "{sums:?}");
    }
    assert_eq!(which.sums(&[8, 0, 0], 7), None);
}

#[test]
fn tasks_have_to_cover_every_line_once_for_each_segment() {
    let both = format!("{NPS}, {EASE}");
    let refused = |tasks: &[String]| sealed(&tasks.join(", "), &both).unwrap_err();
    let covering = "privacy.tasks: needs a task for every line, for each segment that one of them has";
    assert_eq!(refused(&[task("recommend", "{}", 'r')]), covering);
    let a = r#"{"unit": "a"}"#;
    assert_eq!(refused(&[task("recommend", a, 'r'), task("ease", "{}", 'e')]), covering);
    let twice = refused(&[task("recommend", "{}", 'r'), task("ease", "{}", 'r')]);
    assert_eq!(twice, format!("privacy.tasks[1]: \"{}\" stands here twice", "r".repeat(43)));
    assert_eq!(
        refused(&[task("speed", "{}", 'r')]).lines().next().unwrap(),
        r#"privacy.tasks[0].item: "speed" is unknown; allowed are recommend, ease"#
    );
}

const JOINT: &str = r#""joint": ["ease", "recommend"],"#;

/// A definition with joint lines, of which `ease` may be skipped.
fn joint() -> Definition {
    let tasks = [task("recommend", "{}", 'r'), task("ease", "{}", 'e'), task("ease+recommend", "{}", 'j')];
    sealed_with(JOINT, &tasks.join(", "), &format!("{NPS}, {EASE}")).unwrap()
}

#[test]
fn joint_lines_have_a_report_of_their_products_whatever_was_answered() {
    let definition = joint();
    let products = |answers: &[Option<u32>]| {
        let found = reports(&definition, answers);
        assert_eq!((found.len(), &found[2].task()[..1]), (3, "j"));
        let Tally::Numbers { numbers, bits } = found[2].tally() else { panic!("one of the products") };
        // Ten times ten is the most.
        assert_eq!(*bits, 7);
        numbers.clone()
    };
    assert_eq!(products(&[Some(1 << 10), Some(1 << 3)]), [1, 3, 10, 9, 30, 100]);
    assert_eq!(products(&[Some(1 << 10), None]), [0; 6]);
}

#[test]
fn sums_of_products_are_taken_only_where_answers_can_have_them() {
    let definition = joint();
    let layouts = Layout::all(&definition);
    let TaskLayout { name, summed, layout } = &layouts[2];
    assert_eq!(*summed, Summed::Joint);
    assert_eq!((name.as_str(), layout.length(), layout.bits()), ("ease+recommend", 6, Some(7)));
    // Two people, 3 and 10, 4 and 9; a third has skipped one of the lines.
    let sums = [2, 7, 19, 25, 66, 181];
    let joint = |products: [u64; 6], missing| {
        Some(TaskSums::Joint(JointSums::empty(&definition)?.with(products.to_vec(), missing)?))
    };
    assert_eq!(layout.sums(&sums, 3), joint([2, 7, 19, 25, 66, 181], 1));
    assert_eq!(layout.sums(&[0; 6], 3), joint([0; 6], 3));
    assert_eq!(layout.sums(&sums, 1), None, "more answered than there are");
    assert_eq!(layout.sums(&sums[..5], 3), None);
    for (place, sum) in [(1, 9), (2, 21), (3, 29), (3, 24), (4, 77), (4, 60), (5, 180), (5, u128::MAX)] {
        let mut sums = sums;
        sums[place] = sum;
        assert_eq!(layout.sums(&sums, 3), None, "{place}: {sum}");
    }
    let most = u128::from(u64::MAX);
    assert_eq!(layout.sums(&[most; 6], u64::MAX), None);
}

#[test]
fn joint_lines_have_a_task_wherever_lines_have_one() {
    let both = format!("{NPS}, {EASE}");
    let refused = |tasks: &[String]| sealed_with(JOINT, &tasks.join(", "), &both).unwrap_err();
    let lines = [task("recommend", "{}", 'r'), task("ease", "{}", 'e')];
    assert_eq!(
        refused(&lines),
        "privacy.tasks: needs a task for the joint lines, named by their ids with + between them, for each segment"
    );
    let turned = [&lines[..], &[task("recommend+ease", "{}", 'j')]].concat();
    assert_eq!(
        refused(&turned).lines().next().unwrap(),
        r#"privacy.tasks[2].item: "recommend+ease" is unknown; allowed are recommend, ease, ease+recommend"#
    );
    let alone = [&lines[..], &[task("ease+recommend", r#"{"unit": "a"}"#, 'j')]].concat();
    assert_eq!(
        refused(&alone),
        "privacy.tasks: needs a task for every line, for each segment that one of them has"
    );
}

#[test]
fn whoever_has_no_task_is_told_and_nothing_is_sealed() {
    let definition = sealed(&task("recommend", r#"{"unit": "a"}"#, 'r'), NPS).unwrap();
    let b = Segment::new(&definition.segments, [("unit", "b")]).unwrap();
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let found = outcome(&definition, &answered(&definition, &[3]), &Keep::default(), &b, &mut rng);
    let Err(PrepareError::Unsealable(error)) = found else { panic!("sealed") };
    assert_eq!(error.to_string(), r#"privacy.tasks: none is for "recommend" and the segment {"unit":"b"}"#);
}

#[test]
fn aggregators_have_to_be_two_and_secure() {
    let text = |leader: &str, helper: &str| {
        let privacy = documents::sealed(leader, helper, [("recommend", "r".repeat(43))]);
        let document = documents::survey("s").item(net_promoter("recommend")).privacy(privacy);
        Definition::parse(&document.to_string()).map(drop).map_err(|problems| problems.to_string())
    };
    assert!(text("https://a.example/dap", "https://b.example").is_ok());
    assert!(text("http://127.0.0.1:8080", "http://127.0.0.1:8081").is_ok());
    assert!(text("https://a.example", "https://a.example/x").unwrap_err().contains("isn't the leader"));
    assert!(text("http://a.example", "https://b.example").unwrap_err().starts_with("privacy.leader: "));
}
