//! Reference distributions: how others' figures are spread, so that a unit's figure has a place among them.
//!
//! In comes a file in JSON; out go [`Benchmarks`]. The reader refuses distributions without a source or a number of figures, and
//! those with fewer than three quantiles or with quantiles out of order.

use super::{MAX_BYTES, is_unit};
use puls_core::definition::read_survey_id;
use puls_core::read::{Decimal, Fault, Json, Node, Problems, document};
use std::ops::RangeInclusive;

/// The most distributions that a file may have.
const MOST_BENCHMARKS: usize = 1_000;

/// The bounds of figures, which are far outside of any scale.
const FIGURES: RangeInclusive<Decimal> =
    Decimal::thousandths(-1_000_000_000)..=Decimal::thousandths(1_000_000_000);

/// The most quantiles of a distribution: each whole percent, and room to spare.
const MOST_QUANTILES: usize = 200;

const SHARES: RangeInclusive<Decimal> = Decimal::thousandths(0)..=Decimal::thousandths(1_000);
const PERCENTS: RangeInclusive<Decimal> = Decimal::thousandths(0)..=Decimal::thousandths(100_000);

/// Reference distributions, in the file's order. By default there are none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Benchmarks(Vec<Benchmark>);

/// A reference distribution of one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// Its id: 1 to 32 of a-z 0-9 - _.
    pub id: String,
    /// The survey's id.
    pub survey: String,
    /// The line's id.
    pub line: String,
    /// Which figure of the line.
    pub measure: BenchmarkMeasure,
    /// What readers see it as, in up to 200 characters.
    pub title: String,
    /// Where it comes from, in up to 200 characters.
    pub source: String,
    /// Of how many figures it is the distribution, such as one of each organisation: 1 to 1,000,000,000.
    pub n: u32,
    /// At least three, by rising percent; their values don't fall.
    pub quantiles: Vec<Quantile>,
}

/// A figure of a line, named as in the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenchmarkMeasure {
    /// The line's main figure: a net promoter score, a mean or an index.
    Score,
    /// The share of favourable answers, 0 to 1.
    Favourable,
}

/// A value that so many percent of the figures don't exceed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quantile {
    /// 0 to 100.
    pub percent: f64,
    /// As the results write the figure.
    pub value: f64,
}

impl Benchmarks {
    /// Reads a file.
    ///
    /// ```
    /// use puls_analysis::organisation::{BenchmarkMeasure, Benchmarks};
    ///
    /// let benchmarks = Benchmarks::parse(
    ///     r#"{"benchmarks": [{"id": "sector", "survey": "enps", "line": "recommend", "measure": "score",
    ///         "title": "Our sector", "source": "Trade association, 2025", "n": 412,
    ///         "quantiles": [[10, -20], [50, 18], [90, 52]]}]}"#,
    /// )?;
    /// let of_enps = benchmarks.of("enps", "recommend", BenchmarkMeasure::Score);
    /// assert_eq!(of_enps.map(|benchmark| benchmark.n).collect::<Vec<_>>(), [412]);
    /// # Ok::<(), puls_core::read::Problems>(())
    /// ```
    ///
    /// # Errors
    /// Every mistake in the file.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        document(&Json::parse(text, MAX_BYTES)?, |node| {
            let fields = node.fields(&["benchmarks"]);
            Self(fields.required("benchmarks", read_benchmarks))
        })
    }

    /// All distributions.
    pub fn iter(&self) -> impl Iterator<Item = &Benchmark> {
        self.0.iter()
    }

    /// The distributions of one figure, which may come from several sources.
    pub fn of(
        &self,
        survey: &str,
        line: &str,
        measure: BenchmarkMeasure,
    ) -> impl Iterator<Item = &Benchmark> {
        self.iter().filter(move |benchmark| {
            benchmark.survey == survey && benchmark.line == line && benchmark.measure == measure
        })
    }
}

fn read_benchmarks(node: &Node<'_>) -> Vec<Benchmark> {
    let mut known: Vec<String> = Vec::new();
    node.entries(0..=MOST_BENCHMARKS, |entry| {
        let benchmark = read_benchmark(entry);
        if let Some(id) = entry.members().get("id").filter(|_| known.contains(&benchmark.id)) {
            id.fault(Fault::Duplicate { found: benchmark.id.clone() });
        }
        known.push(benchmark.id.clone());
        benchmark
    })
}

fn read_benchmark(node: &Node<'_>) -> Benchmark {
    let allowed = ["id", "survey", "line", "measure", "title", "source", "n", "quantiles"];
    let fields = node.fields(&allowed);
    let measure = fields.required("measure", |measure| Some(read_measure(measure)));
    // What stands in for a measure that is missing doesn't matter, since the file is refused.
    let measure = measure.unwrap_or(BenchmarkMeasure::Score);
    Benchmark {
        id: fields.required("id", read_label),
        survey: fields.required("survey", read_survey_id),
        line: fields.required("line", read_label),
        measure,
        title: fields.required("title", read_text),
        source: fields.required("source", read_text),
        n: fields.required("n", |n| n.integer(1..=1_000_000_000)),
        quantiles: fields.required("quantiles", |quantiles| read_quantiles(quantiles, measure)),
    }
}

fn read_measure(node: &Node<'_>) -> BenchmarkMeasure {
    match node.one_of(&["score", "favourable"]) {
        0 => BenchmarkMeasure::Score,
        _ => BenchmarkMeasure::Favourable,
    }
}

fn read_label(node: &Node<'_>) -> String {
    node.form("1 to 32 of a-z 0-9 - _", |label| {
        is_unit(label) && !label.bytes().any(|byte| byte.is_ascii_uppercase())
    })
}

fn read_text(node: &Node<'_>) -> String {
    node.form("1 to 200 characters", |text| (1..=200).contains(&text.chars().count()))
}

fn read_quantiles(node: &Node<'_>, measure: BenchmarkMeasure) -> Vec<Quantile> {
    let values = match measure {
        BenchmarkMeasure::Score => FIGURES,
        BenchmarkMeasure::Favourable => SHARES,
    };
    let mut before: Option<Quantile> = None;
    node.entries(3..=MOST_QUANTILES, |entry| {
        let pair = entry.entries(2..=2, |number| *number);
        let [percent, value] = pair.as_slice() else { return Quantile::default() };
        let read = (percent.number(PERCENTS), value.number(values.clone()));
        let (Some(percent_read), Some(value_read)) = read else { return Quantile::default() };
        let quantile = Quantile { percent: percent_read, value: value_read };
        if let Some(before) = before.replace(quantile) {
            if quantile.percent <= before.percent {
                percent.unfit("has to be above the percent before it");
            }
            if quantile.value < before.value {
                value.unfit("mustn't be below the value before it");
            }
        }
        quantile
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn sector() -> Value {
        json!({
            "id": "sector", "survey": "enps", "line": "recommend", "measure": "score", "title": "Our sector",
            "source": "Trade association, 2025", "n": 412,
            "quantiles": [[10, -20], [25, 0], [50, 18], [75, 18], [90, 52.5]]
        })
    }

    fn parse(benchmarks: Value) -> Result<Benchmarks, String> {
        let text = json!({"benchmarks": benchmarks}).to_string();
        Benchmarks::parse(&format!("\u{feff}{text}")).map_err(|problems| problems.to_string())
    }

    #[test]
    fn a_distribution_is_read() {
        let mut favourable = sector();
        favourable["id"] = json!("shares");
        favourable["measure"] = json!("favourable");
        favourable["quantiles"] = json!([[0, 0], [50, 0.625], [100, 1]]);
        let benchmarks = parse(json!([sector(), favourable])).unwrap();
        let [first, second] = benchmarks.iter().collect::<Vec<_>>()[..] else { panic!("two") };
        assert_eq!((first.id.as_str(), first.measure, first.n), ("sector", BenchmarkMeasure::Score, 412));
        assert_eq!(first.quantiles[0], Quantile { percent: 10.0, value: -20.0 });
        assert_eq!(first.quantiles[4], Quantile { percent: 90.0, value: 52.5 });
        assert_eq!(
            benchmarks.of("enps", "recommend", BenchmarkMeasure::Favourable).collect::<Vec<_>>(),
            [second]
        );
        assert_eq!(benchmarks.of("enps", "other", BenchmarkMeasure::Score).count(), 0);
        assert_eq!(parse(json!([])), Ok(Benchmarks::default()));
    }

    #[test]
    fn each_mistake_has_its_place() {
        let mut empty = sector();
        empty["source"] = json!("");
        empty["n"] = json!(0);
        empty["quantiles"] = json!([[10, 1], [50, 2]]);
        let mut disordered = sector();
        disordered["measure"] = json!("mean");
        disordered["quantiles"] = json!([[10, 5], [10, 6], [101, 4], [50], ["90", 8]]);
        let shares = json!({"measure": "favourable", "quantiles": [[10, 20], [50, 40], [90, 60]], "N": 4});
        let problems = parse(json!([empty, disordered, shares])).unwrap_err();
        insta::assert_snapshot!(problems);
    }

    #[test]
    fn a_file_that_was_cut_off_is_refused() {
        let text = json!({"benchmarks": [sector()]}).to_string();
        for end in 0..text.len() {
            assert!(Benchmarks::parse(&text[..end]).is_err(), "{end}");
        }
    }
}
