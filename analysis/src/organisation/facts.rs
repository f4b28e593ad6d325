//! Facts about units: headcounts and outcomes, each of a wave.
//!
//! In comes a file in CSV (RFC 4180) with the columns unit, wave, measure and value; out go [`Facts`]. The reader refuses a line
//! with a column that isn't in its form, and a second line for the same unit, wave and measure.

mod read;

pub use read::{FactFault, FactProblem, FactProblems};

use super::Units;
use puls_core::wave::{Day, Wave};
use std::collections::BTreeMap;

/// The measure that counts the people of a unit. All other measures are outcomes.
pub const HEADCOUNT: &str = "headcount";

/// What is known of units, by unit and measure. By default nothing is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts(BTreeMap<String, BTreeMap<String, Series>>);

/// One measure of one unit. Waves are in the order of their first days.
type Series = BTreeMap<(Day, Wave), f64>;

/// What a measure of a unit was in a wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fact<'a> {
    /// The unit.
    pub unit: &'a str,
    /// The week, month or quarter that it is known for.
    pub wave: Wave,
    /// [`HEADCOUNT`], or the name of an outcome, such as `margin`.
    pub measure: &'a str,
    /// A finite number. A headcount is a whole number from 0 on.
    pub value: f64,
}

impl Facts {
    /// Reads a file.
    ///
    /// ```
    /// use puls_analysis::organisation::Facts;
    /// use puls_core::wave::Wave;
    ///
    /// let facts = Facts::parse(b"unit,wave,measure,value\nbilling,2026-Q2,headcount,14\nbilling,2026-Q2,margin,0.125\n")?;
    /// let (second, third) = (Wave::parse("2026-Q2").unwrap(), Wave::parse("2026-Q3").unwrap());
    /// assert_eq!(facts.value("billing", second, "margin"), Some(0.125));
    /// assert_eq!(facts.value("billing", third, "margin"), None);
    /// assert_eq!(facts.headcount("billing", third), Some(14));
    ///
    /// let problems = Facts::parse(b"unit,wave,measure,value\nbilling,2026-Q2,margin,\"12,5\"\n").unwrap_err();
    /// assert_eq!(
    ///     problems.to_string(),
    ///     r#"line 2: the value "12,5" has a comma; use a decimal point, and nothing between thousands"#
    /// );
    /// # Ok::<(), puls_analysis::organisation::FactProblems>(())
    /// ```
    ///
    /// # Errors
    /// The first twenty mistakes in the file, and how many more there are.
    pub fn parse(csv: &[u8]) -> Result<Self, FactProblems> {
        read::parse(csv)
    }

    /// What a measure of a unit was in just this wave.
    pub fn value(&self, unit: &str, wave: Wave, measure: &str) -> Option<f64> {
        self.series(unit, measure)?.get(&(wave.first_day(), wave)).copied()
    }

    /// How many people a unit had in a wave. If that isn't known, it is the number of the latest wave that is known and
    /// began no later.
    pub fn headcount(&self, unit: &str, wave: Wave) -> Option<u32> {
        let known = || {
            let mut waves = self.series(unit, HEADCOUNT)?.iter().rev();
            waves.find(|((day, _), _)| *day <= wave.first_day()).map(|(_, value)| *value)
        };
        let headcount = self.value(unit, wave, HEADCOUNT).or_else(known)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "each headcount is a u32; a sum of several saturates"
        )]
        let headcount = headcount as u32;
        Some(headcount)
    }

    /// The same facts under the present names of the units. Headcounts that come together there are added up. Outcomes that
    /// come together are left out, since nothing says how to combine them.
    ///
    /// ```
    /// use puls_analysis::organisation::{Facts, Units};
    /// use puls_core::wave::Wave;
    ///
    /// let units = Units::parse(
    ///     r#"{"units": {"c": {}}, "renamed": [{"from": "a", "to": "c", "since": "2026-Q2"},
    ///                                         {"from": "b", "to": "c", "since": "2026-Q2"}]}"#,
    /// )?;
    /// let facts = Facts::parse(b"unit,wave,measure,value\na,2026-Q1,headcount,14\nb,2026-Q1,headcount,6\n")?;
    /// assert_eq!(facts.under(&units).headcount("c", Wave::parse("2026-Q1").unwrap()), Some(20));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn under(&self, units: &Units) -> Self {
        let mut together: BTreeMap<(&str, Wave, &str), Vec<f64>> = BTreeMap::new();
        for Fact { unit, wave, measure, value } in self.iter() {
            together.entry((units.present_name(unit, wave), wave, measure)).or_default().push(value);
        }
        let combined = together.iter().filter_map(|((unit, wave, measure), values)| {
            let value = match values.as_slice() {
                [value] => *value,
                several if *measure == HEADCOUNT => several.iter().sum(),
                _ => return None,
            };
            Some(Fact { unit, wave: *wave, measure, value })
        });
        combined.collect()
    }

    /// All facts, by unit and measure; those of one measure in the order of their waves' first days.
    pub fn iter(&self) -> impl Iterator<Item = Fact<'_>> {
        self.0.iter().flat_map(|(unit, measures)| {
            measures.iter().flat_map(move |(measure, series)| {
                series.iter().map(move |(&(_, wave), &value)| Fact { unit, wave, measure, value })
            })
        })
    }

    fn insert(&mut self, Fact { unit, wave, measure, value }: Fact<'_>) {
        let measures = self.0.entry(unit.to_owned()).or_default();
        measures.entry(measure.to_owned()).or_default().insert((wave.first_day(), wave), value);
    }

    fn series(&self, unit: &str, measure: &str) -> Option<&Series> {
        self.0.get(unit)?.get(measure)
    }
}

/// Of facts about the same unit, wave and measure, the last one counts.
impl<'a> FromIterator<Fact<'a>> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact<'a>>>(facts: I) -> Self {
        let mut all = Self::default();
        facts.into_iter().for_each(|fact| all.insert(fact));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(lines: &[&str]) -> Facts {
        Facts::parse(format!("unit,wave,measure,value\n{}\n", lines.join("\n")).as_bytes()).unwrap()
    }

    fn wave(text: &str) -> Wave {
        Wave::parse(text).unwrap()
    }

    #[test]
    fn a_headcount_holds_until_the_next_one() {
        let facts = facts(&[
            "billing,2026-Q2,headcount,14",
            "billing,2026-05,headcount,15",
            "billing,2026-Q3,headcount,0",
            "sales,2026-Q3,headcount,30",
        ]);
        let waves =
            ["2026-03", "2026-04", "2026-W18", "2026-W19", "2026-05", "2026-Q2", "2026-Q3", "2031-Q1"];
        let billing = waves.map(|text| facts.headcount("billing", wave(text)));
        // Week 18 begins on 27 April, before May does.
        let known = [None, Some(14), Some(14), Some(15), Some(15), Some(14), Some(0), Some(0)];
        assert_eq!(billing, known);
        assert_eq!(facts.headcount("other", wave("2026-Q3")), None);
        assert_eq!(facts.value("sales", wave("2026-07"), HEADCOUNT), None, "a value is of just its wave");
    }

    #[test]
    fn facts_of_merged_units_come_together() {
        let units = Units::parse(
            r#"{"units": {"c": {}}, "renamed": [{"from": "a", "to": "c", "since": "2026-Q2"},
                                                {"from": "b", "to": "c", "since": "2026-Q2"}]}"#,
        );
        let facts = facts(&[
            "a,2026-Q1,headcount,14",
            "b,2026-Q1,headcount,6",
            "c,2026-Q2,headcount,19",
            "a,2026-Q1,margin,0.5",
            "b,2026-Q1,margin,0.25",
            "a,2026-Q1,absence,-3",
        ]);
        let under = facts.under(&units.unwrap());
        assert_eq!(under.iter().count(), 3);
        let headcounts = ["2026-Q1", "2026-Q2", "2026-Q3"].map(|text| under.headcount("c", wave(text)));
        assert_eq!(headcounts, [Some(20), Some(19), Some(19)]);
        assert_eq!(under.value("c", wave("2026-Q1"), "margin"), None);
        assert_eq!(under.value("c", wave("2026-Q1"), "absence"), Some(-3.0));
        assert_eq!(facts.under(&Units::default()), facts);
        assert_eq!(facts.iter().collect::<Facts>(), facts);
    }
}
