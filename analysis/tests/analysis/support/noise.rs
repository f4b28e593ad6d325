//! Simulated surveys, by the code that the widget and the collector run: how noisy estimates are.

use puls_analysis::estimates::score;
use puls_analysis::line::{Form, Line, Noise, ResponseNoise, SquareWaveNoise};
use puls_core::privacy::{InstantaneousResponse, RandomisedResponse, SquareWave};
use puls_core::summary::Counts;
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;

/// What share of a population would answer with each class of a net promoter item, in thousandths: a score of 20,
/// 70 % of it not passive.
const CLASSES: [u64; 3] = [250, 300, 450];

/// How many times a release's ε the permanent reports lose: as many as a lifetime ε allows unless the definition says
/// otherwise.
const TIMES: f64 = 4.0;

/// Both stages of a randomised response.
pub(crate) fn by_response(classes: usize, epsilon: f64) -> impl Fn(usize, &mut ChaCha12Rng) -> usize {
    let first = RandomisedResponse::new(classes, TIMES * epsilon);
    let second = InstantaneousResponse::new(classes, 1, TIMES * epsilon, epsilon);
    move |class, rng| second.draw(first.draw(class, rng).unwrap(), rng).unwrap()
}

/// Both stages of a square wave.
pub(crate) fn by_wave(wave: SquareWave, epsilon: f64) -> impl Fn(usize, &mut ChaCha12Rng) -> usize {
    let first = wave.losing(TIMES * epsilon);
    let second = InstantaneousResponse::new(wave.outputs(), wave.width(), TIMES * epsilon, epsilon);
    move |point, rng| second.draw(first.draw(point, rng).unwrap(), rng).unwrap()
}

/// Reports of so many answers of each class, added up.
fn counted(
    line: &Line,
    answers: &[u64],
    report: impl Fn(usize, &mut ChaCha12Rng) -> usize,
    rng: &mut ChaCha12Rng,
) -> Counts {
    let mut cells = vec![0; line.cells()];
    for (class, count) in answers.iter().enumerate() {
        (0..*count).for_each(|_| cells[report(class, rng)] += 1);
    }
    Counts::of(line.cells(), cells, 0).unwrap()
}

/// The noise alone: how far the score of `n` fixed answers is from what it would be without, as a root mean
/// square.
pub(crate) fn noise(n: u64, epsilon: f64, runs: u64) -> f64 {
    let answers = CLASSES.map(|share| share * n / 1000);
    let truth = (CLASSES[2] as f64 - CLASSES[0] as f64) / 10.0;
    let (keep, switch) = RandomisedResponse::probabilities(3, epsilon);
    let line = Line::new(Form::Classes, Noise::Response(ResponseNoise { keep, switch, missing: false }));
    let square = |seed: u64| {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let counts = counted(&line, &answers, by_response(3, epsilon), &mut rng);
        (score(&line, &counts).unwrap().value - truth).powi(2)
    };
    ((0..runs).map(square).sum::<f64>() / runs as f64).sqrt()
}

/// The same by the formula: the reports' variance, given the answers, over n (p − q)².
pub(crate) fn noise_by_formula(n: u64, epsilon: f64) -> f64 {
    let (keep, switch) = RandomisedResponse::probabilities(3, epsilon);
    let active = (CLASSES[0] + CLASSES[2]) as f64 / 1000.0;
    // Of a report +1, 0 or −1, the square's mean less the mean's square, for somebody active and for a passive one.
    let variance = active * (keep + switch - (keep - switch).powi(2)) + (1.0 - active) * 2.0 * switch;
    100.0 * (variance / n as f64).sqrt() / (keep - switch)
}

/// How far the mean of a scale of `points`, laid from 0 to 100, is off by noise alone: as a root mean square over
/// surveys of `n` people spread evenly over the scale, by the square wave and by randomised response.
pub(crate) fn noise_of_mean(points: usize, epsilon: f64, n: u64, runs: u64) -> [f64; 2] {
    let wave = SquareWave::new(points, false, epsilon);
    let (keep, switch) = RandomisedResponse::probabilities(points, epsilon);
    let waved = Noise::SquareWave(SquareWaveNoise {
        width: wave.width(),
        probabilities: wave.probabilities(epsilon),
        missing: false,
    });
    let answered = Noise::Response(ResponseNoise { keep, switch, missing: false });
    let answers = vec![n / points as u64; points];
    let [waved, answered] =
        [waved, answered].map(|noise| Line::new(Form::Scale { points, lowest: 0.0, highest: 100.0 }, noise));
    let off = |line: &Line, counts: &Counts| score(line, counts).unwrap().value - 50.0;
    let mut squares = [0.0; 2];
    for seed in 0..runs {
        let mut rng = ChaCha12Rng::seed_from_u64(seed);
        let waves = counted(&waved, &answers, by_wave(wave, epsilon), &mut rng);
        let responses = counted(&answered, &answers, by_response(points, epsilon), &mut rng);
        squares[0] += off(&waved, &waves).powi(2);
        squares[1] += off(&answered, &responses).powi(2);
    }
    squares.map(|sum| (sum / runs as f64).sqrt())
}
