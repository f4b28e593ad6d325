//! How often ranges hold the truth: simulated surveys of people drawn from populations whose answers are spread in
//! different ways, by the code that the widget and the collector run.

use super::noise::{by_response, by_wave};
use puls_analysis::estimates::{Estimate, score, share_within, widest_score};
use puls_analysis::line::{Form, Line, Noise, ResponseNoise, SquareWaveNoise};
use puls_core::privacy::{RandomisedResponse, SquareWave};
use puls_core::summary::Counts;
use rand_chacha::ChaCha12Rng;
use rand_core::{Rng, SeedableRng};

/// A figure that is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    NetPromoterScore,
    MeanOfFive,
    MeanOfSeven,
    /// Three items of five points each, 0 to 100.
    Index,
    /// Satisfied or favourable.
    TopTwoOfFive,
    /// The first of five.
    ShareOfClass,
}

impl Figure {
    /// Those that have a range from a sum alone.
    pub(crate) const SCORES: [Self; 4] =
        [Self::NetPromoterScore, Self::MeanOfFive, Self::MeanOfSeven, Self::Index];

    pub(crate) const ALL: [Self; 6] = [
        Self::NetPromoterScore,
        Self::MeanOfFive,
        Self::MeanOfSeven,
        Self::Index,
        Self::TopTwoOfFive,
        Self::ShareOfClass,
    ];

    /// What it is called in a table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NetPromoterScore => "net promoter score",
            Self::MeanOfFive => "mean of five points",
            Self::MeanOfSeven => "mean of seven points",
            Self::Index => "index, 0 to 100",
            Self::TopTwoOfFive => "top two of five",
            Self::ShareOfClass => "share of a class",
        }
    }

    fn form(self) -> Form {
        let scale = |points: usize| Form::Scale { points, lowest: 1.0, highest: points as f64 };
        match self {
            Self::NetPromoterScore => Form::Classes,
            Self::MeanOfFive | Self::TopTwoOfFive => scale(5),
            Self::MeanOfSeven => scale(7),
            Self::Index => Form::Scale { points: 13, lowest: 0.0, highest: 100.0 },
            Self::ShareOfClass => Form::Options(5),
        }
    }

    /// What an answer adds to the figure, which is the mean of this over all people.
    fn worth(self, cell: usize) -> f64 {
        let cell_is = |is_counted: bool| if is_counted { 1.0 } else { 0.0 };
        match self {
            Self::NetPromoterScore => 100.0 * (cell as f64 - 1.0),
            Self::MeanOfFive | Self::MeanOfSeven => 1.0 + cell as f64,
            Self::Index => 100.0 * cell as f64 / 12.0,
            Self::TopTwoOfFive => cell_is(cell >= 3),
            Self::ShareOfClass => cell_is(cell == 0),
        }
    }

    fn estimate(self, line: &Line, counts: &Counts) -> Option<Estimate> {
        match self {
            Self::TopTwoOfFive => share_within(line, counts, 3..5),
            Self::ShareOfClass => share_within(line, counts, 0..1),
            _ => score(line, counts),
        }
    }
}

/// How a population's answers are spread over the cells of a line, the best of which is the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread {
    Even,
    /// 80 % at the top, and fewer and fewer below.
    Skewed,
    /// 97 % at the top, the others anywhere else.
    NearlyAlike,
    /// 45 % at each end.
    AtBothEnds,
    /// Most at the bottom, fewer and fewer above, and nobody at the top.
    NobodyAtTheTop,
}

impl Spread {
    pub(crate) const ALL: [Self; 5] =
        [Self::Even, Self::Skewed, Self::NearlyAlike, Self::AtBothEnds, Self::NobodyAtTheTop];

    /// How much of the population gives each of so many answers, in some whole unit.
    fn over(self, cells: usize) -> Vec<u64> {
        let last = cells as u64 - 1;
        let share = |cell: u64| match self {
            Self::Even => 1,
            Self::Skewed if cell == last => 2 * last * (last + 1),
            Self::Skewed => cell + 1,
            Self::NearlyAlike if cell == last => 97 * last,
            Self::NearlyAlike => 3,
            Self::AtBothEnds if cell == 0 || cell == last => 9 * (last - 1),
            Self::AtBothEnds => 2,
            Self::NobodyAtTheTop => last - cell,
        };
        (0..=last).map(share).collect()
    }
}

/// What is reported of an answer.
type Report = Box<dyn Fn(usize, &mut ChaCha12Rng) -> usize>;

/// How answers become figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Way {
    /// Counted as they are.
    Exact,
    /// Counted as they are, but only their sum is published.
    SumAlone,
    /// Protected with this ε.
    Randomised(f64),
}

impl Way {
    /// In what percentage of surveys of `n` people a range of 95 % should hold the truth.
    pub(crate) fn goal(self, n: u64) -> std::ops::RangeInclusive<f64> {
        match (self, n) {
            (Self::SumAlone, _) => 95.0..=100.0,
            (_, 100..) => 93.0..=97.0,
            (_, 30..) => 92.0..=98.0,
            _ => 90.0..=100.0,
        }
    }

    /// The line as it is released, and what becomes of an answer on its way.
    fn line(self, form: Form) -> (Line, Report) {
        let (cells, Self::Randomised(epsilon)) = (form.answers(), self) else {
            return (Line::new(form, Noise::None), Box::new(|cell, _| cell));
        };
        if SquareWave::suits(cells, epsilon) {
            let wave = SquareWave::new(cells, false, epsilon);
            let (width, probabilities) = (wave.width(), wave.probabilities(epsilon));
            let noise = Noise::SquareWave(SquareWaveNoise { width, probabilities, missing: false });
            return (Line::new(form, noise), Box::new(by_wave(wave, epsilon)));
        }
        let (keep, switch) = RandomisedResponse::probabilities(cells, epsilon);
        let noise = Noise::Response(ResponseNoise { keep, switch, missing: false });
        (Line::new(form, noise), Box::new(by_response(cells, epsilon)))
    }
}

/// In what percentage of surveys of `n` people, drawn from the population, the range holds the truth.
pub(crate) fn coverage(figure: Figure, spread: Spread, way: Way, n: u64, runs: u64) -> f64 {
    let population = spread.over(figure.form().answers());
    let everybody: u64 = population.iter().sum();
    let people: Vec<usize> =
        population.iter().enumerate().flat_map(|(cell, share)| vec![cell; *share as usize]).collect();
    let truth = people.iter().map(|cell| figure.worth(*cell)).sum::<f64>() / everybody as f64;
    let (line, report) = way.line(figure.form());
    let mut rng = ChaCha12Rng::seed_from_u64(n);
    let mut holds = || {
        let mut cells = vec![0; line.cells()];
        for _ in 0..n {
            cells[report(people[(rng.next_u64() % everybody) as usize], &mut rng)] += 1;
        }
        let counts = Counts::of(line.cells(), cells, 0).unwrap();
        let found = match (way, line.sums(&counts)) {
            (Way::SumAlone, Some(sums)) => widest_score(&line, sums.answered, sums.sum),
            _ => figure.estimate(&line, &counts),
        };
        let Estimate { low, high, .. } = found.unwrap();
        // The truth may be an end of the scale, which rounding must not put outside.
        (low - 1e-9..=high + 1e-9).contains(&truth)
    };
    100.0 * (0..runs).filter(|_| holds()).count() as f64 / runs as f64
}
