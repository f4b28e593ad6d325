//! A reader who solves for the answers: whatever histories of answers are equal in what each detail publishes have the same
//! results, to the byte, after each respondent. So nothing in the results, no range among it, tells more than the sums do
//! that are published.

use crate::support::{published, read};
use puls_analysis::disclosure::{
    Detail, Disclosed, Ledger, LineTotals, Published, PublishingRules, Step, WaveLedgers, steps,
};
use puls_analysis::estimates::{Estimate, exact_score, widest_score};
use puls_analysis::line::{Form, Line, Sums};
use puls_analysis::results::{LineShown, Results, Totals};
use puls_core::definition::{Counted, Definition};
use puls_core::segment::Segment;
use puls_core::summary::Counts;
use puls_documents::{direct, net_promoter, rating, survey};
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::json;
use std::collections::BTreeMap;

/// All lines of a survey, as one reader sees them who looks after each respondent.
struct Watched<'a> {
    definition: &'a Definition,
    lines: Vec<Counted<'a>>,
    ledgers: Vec<Ledger<LineTotals>>,
    respondents: u64,
    /// What was published so far, worked out from the answers.
    published: Vec<Vec<u64>>,
    /// What the reader was shown.
    shown: Vec<String>,
}

impl<'a> Watched<'a> {
    fn new(definition: &'a Definition) -> Self {
        let lines = definition.counted();
        let ledgers = lines.iter().map(|_| Ledger::default()).collect();
        Self { definition, lines, ledgers, respondents: 0, published: Vec::new(), shown: Vec::new() }
    }

    /// Somebody answers, on each line with a cell, and the reader looks.
    fn answer(&mut self, cells: &[usize]) {
        self.respondents += 1;
        let rules =
            PublishingRules { segments: &[], tiers: self.definition.tiers().unwrap(), is_over: false };
        let mut shown = BTreeMap::new();
        for (index, line) in self.lines.iter().enumerate() {
            let steps = steps(self.definition, line);
            let counts = Counts::one(line.cells, Some(cells[index]));
            let ledger = &mut self.ledgers[index];
            ledger.receive(Segment::default(), &LineTotals { respondents: 1, counts });
            ledger.settle(&steps, &rules);
            for Step { detail, .. } in &steps {
                let published = published(ledger, *detail, |_| true);
                self.published
                    .push(published.map_or_else(Vec::new, |totals| reduced(line, *detail, &totals.counts)));
            }
            let waves = [WaveLedgers { versions: vec![&*ledger], is_open: true }].into_iter();
            let respondents = BTreeMap::from([((), self.respondents)]);
            let disclosed = Disclosed::by_group(waves, &steps, rules.tiers, |_| vec![()], &respondents);
            let published = Published::of(line, &Line::of(self.definition, line), &steps, &disclosed[&()]);
            shown.insert(line.id.to_owned(), LineShown::Published(published));
        }
        let totals = Totals { respondents: self.respondents, sample: 0, lines: shown, joint: None };
        let results = Results::of(self.definition, &totals, None, Vec::new(), BTreeMap::new(), "en");
        self.shown.push(serde_json::to_string(&results).unwrap());
    }
}

/// What a detail publishes of counts: how many and their sum, of a net promoter item that of classes; how many are unfavourable,
/// neutral and favourable; or all of them.
fn reduced(line: &Counted<'_>, detail: Detail, counts: &Counts) -> Vec<u64> {
    let cells = counts.cells();
    let class = |cell: usize| u64::from(cell > 6) + u64::from(cell > 8);
    match detail {
        Detail::Score => {
            let step = |cell: usize| if cells.len() == 11 { class(cell) } else { cell as u64 };
            let sum = cells.iter().enumerate().map(|(cell, count)| step(cell) * count).sum();
            vec![cells.iter().sum(), sum]
        }
        Detail::Favourable => {
            let thirds = line.thirds().unwrap();
            [thirds.unfavourable, thirds.neutral, thirds.favourable]
                .map(|range| cells[range].iter().sum())
                .into()
        }
        Detail::Points => cells.to_vec(),
    }
}

/// Histories by what was published of them, with what was shown.
#[derive(Default)]
struct Seen {
    shown: BTreeMap<Vec<Vec<u64>>, Vec<String>>,
    alike: usize,
}

impl Seen {
    fn play(&mut self, definition: &Definition, history: &[Vec<usize>]) {
        let mut watched = Watched::new(definition);
        history.iter().for_each(|cells| watched.answer(cells));
        let Watched { published, shown, .. } = watched;
        match self.shown.get(&published) {
            Some(before) => {
                assert_eq!(*before, shown, "{history:?} is published from others that are published alike");
                self.alike += 1;
            }
            None => drop(self.shown.insert(published, shown)),
        }
    }
}

/// Every history of `n` respondents, each of whom gives one of `answers`.
fn histories(n: usize, answers: &[Vec<usize>]) -> impl Iterator<Item = Vec<Vec<usize>>> {
    (0..answers.len().pow(n as u32)).map(move |code| {
        (0..n).map(|place| answers[code / answers.len().pow(place as u32) % answers.len()].clone()).collect()
    })
}

/// Every history of six respondents, each of whom gives one of `answers`, but for the order within the first three and the last:
/// what is published first is of three, and counts add up alike in any order, as
/// [`short_histories_that_are_published_alike_are_shown_alike`] shows with every order.
fn histories_of_six(answers: &[Vec<usize>]) -> impl Iterator<Item = Vec<Vec<usize>>> {
    let threes: Vec<_> = histories(3, answers).filter(|three| three.is_sorted()).collect();
    threes
        .clone()
        .into_iter()
        .flat_map(move |first| threes.clone().into_iter().map(move |last| [first.clone(), last].concat()))
}

#[test]
fn short_histories_that_are_published_alike_are_shown_alike() {
    for (points, n) in [(2, 6), (3, 6), (5, 5)] {
        let definition = read(&survey("s").item(rating("a", points)).privacy(direct()));
        let answers: Vec<Vec<usize>> = (0..points).map(|cell| vec![cell]).collect();
        let mut seen = Seen::default();
        histories(n, &answers).for_each(|history| seen.play(&definition, &history));
        assert!(seen.alike > 10, "of {points} points some are published alike");
    }
}

#[test]
fn histories_of_six_that_are_published_alike_are_shown_alike() {
    for (item, points) in [(net_promoter("a"), 11), (rating("a", 5), 5)] {
        let definition = read(&survey("s").item(item).privacy(direct()));
        let answers: Vec<Vec<usize>> = (0..points).map(|cell| vec![cell]).collect();
        let mut seen = Seen::default();
        histories_of_six(&answers).for_each(|history| seen.play(&definition, &history));
        assert!(seen.alike > 1000, "{}", seen.alike);
    }
}

#[test]
fn an_index_of_two_tells_nothing_of_the_rows() {
    for points in [2, 3] {
        let document = survey("s").items([rating("a", points), rating("b", points)]).privacy(direct());
        let both = json!({"both": {"kind": "index", "items": ["a", "b"]}});
        let definition = read(&document.with("derived", both));
        let answers: Vec<Vec<usize>> = (0..points * points)
            .map(|code| vec![code % points, code / points, code % points + code / points])
            .collect();
        let mut seen = Seen::default();
        histories_of_six(&answers).for_each(|history| seen.play(&definition, &history));
        assert!(seen.alike > 100, "{}", seen.alike);
    }
}

/// Longer histories, of which one has other answers than the other but the same sums: within each five who come after one
/// another, and so within each block, one answers a point more and one a point less.
#[test]
fn longer_histories_with_the_same_sums_are_shown_alike_until_each_answer_is_published() {
    let mut rng = ChaCha12Rng::seed_from_u64(5);
    let mut below = |bound: usize| (rng.next_u64() % bound as u64) as usize;
    for item in [rating("a", 5), rating("a", 7), rating("a", 3), rating("a", 10)] {
        // So that blocks of scores are shown for long before anything else is.
        let withhold = json!({"favourable": 40, "points": 40});
        let definition = read(&survey("s").item(item).privacy(direct()).with("withhold", withhold));
        let points = definition.counted()[0].cells;
        for _ in 0..60 {
            let history: Vec<Vec<usize>> = (0..38).map(|_| vec![below(points)]).collect();
            let mut other = history.clone();
            // The first block has three, the others five.
            for start in [0, 3, 8, 13, 18, 23, 28, 33] {
                let length = if start == 0 { 3 } else { 5 };
                let (up, down) = (start + below(length), start + below(length));
                if up != down && other[up][0] + 1 < points && other[down][0] > 0 {
                    other[up][0] += 1;
                    other[down][0] -= 1;
                }
            }
            let mut seen = Seen::default();
            seen.play(&definition, &history);
            seen.play(&definition, &other);
            assert_eq!((seen.shown.len(), seen.alike), (1, 1), "published alike: {history:?} {other:?}");
        }
    }
}

/// Ranges that come from a sum alone hold the truth more often than 95 of 100 times, whatever people answer.
#[test]
fn the_widest_ranges_hold_the_truth() {
    let five =
        Line::new(Form::Scale { points: 5, lowest: 1.0, highest: 5.0 }, puls_analysis::line::Noise::None);
    let nps = Line::new(Form::Classes, puls_analysis::line::Noise::None);
    // Shares of each answer, in hundredths, nearly all of them lopsided.
    let populations: [(&Line, &[u64]); 6] = [
        (&five, &[90, 4, 2, 2, 2]),
        (&five, &[0, 0, 5, 15, 80]),
        (&five, &[20, 20, 20, 20, 20]),
        (&five, &[50, 0, 0, 0, 50]),
        (&nps, &[5, 15, 80]),
        (&nps, &[45, 10, 45]),
    ];
    for (line, shares) in populations {
        let (lowest, highest) = line.range().unwrap();
        let step = (highest - lowest) / (shares.len() - 1) as f64;
        let truth: f64 = shares
            .iter()
            .enumerate()
            .map(|(cell, share)| *share as f64 / 100.0 * (lowest + step * cell as f64))
            .sum();
        // How many there are of whom the sum alone is known, and how many of whom everything is.
        for (unknown, known) in [(3, 0), (5, 0), (9, 0), (5, 15), (5, 50)] {
            let mut rng = ChaCha12Rng::seed_from_u64(unknown + known);
            let mut people =
                |n: u64| -> Vec<u64> { (0..n).map(|_| drawn(shares, rng.next_u64() % 100)).collect() };
            let runs = 4_000;
            let held = (0..runs).filter(|_| {
                let Estimate { low, high, .. } = widest(line, &people(unknown), &people(known));
                (low..=high).contains(&truth)
            });
            let held = held.count();
            // Where some are known, the range is no narrower than the usual one, which holds it in about 95 of 100; three
            // standard errors are one more.
            let fewest = if known == 0 { 0.95 } else { 0.94 };
            assert!(held as f64 > fewest * runs as f64, "{held} of {runs}: {unknown}, {known} of {shares:?}");
        }
    }
}

/// The range of answers of which some are known by their sum alone.
fn widest(line: &Line, unknown: &[u64], known: &[u64]) -> Estimate {
    let (n, sum) = (unknown.len() as u64, unknown.iter().sum());
    if known.is_empty() {
        return widest_score(line, n, sum).unwrap();
    }
    let squares = known.iter().map(|steps| steps * steps).sum();
    let known = Sums { answered: known.len() as u64, sum: known.iter().sum(), squares };
    exact_score(line, known.and(line.widest_sums(n, sum).unwrap())).unwrap()
}

fn drawn(shares: &[u64], mut place: u64) -> u64 {
    for (cell, share) in shares.iter().enumerate() {
        if place < *share {
            return cell as u64;
        }
        place -= share;
    }
    unreachable!("shares add up to 100")
}
