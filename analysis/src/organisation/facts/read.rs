//! Reads facts line by line, and notes each mistake with its line.

use super::{Fact, Facts, HEADCOUNT};
use crate::organisation::{UNIT_FORM, is_unit};
use csv::{ReaderBuilder, StringRecord};
use puls_core::wave::Wave;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

const COLUMNS: [&str; 4] = ["unit", "wave", "measure", "value"];

/// The most lines below the header.
const MOST_LINES: usize = 100_000;

/// How many mistakes are told one by one.
const MOST_TOLD: usize = 20;

/// The longest part of what was found that a message repeats, in characters.
const LONGEST_FOUND: usize = 40;

/// What is wrong with a file of facts.
#[derive(Debug, Clone, PartialEq, Eq, Default, thiserror::Error)]
pub struct FactProblems {
    told: Vec<FactProblem>,
    more: usize,
}

/// One mistake and its line, which counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactProblem {
    /// Where the line begins.
    pub line: u64,
    /// What is wrong, and what is allowed.
    pub fault: FactFault,
}

/// What can be wrong with a line. A text that was found is cut if it is long.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactFault {
    /// The first line doesn't name the columns.
    #[error("the header is {found:?}; it has to be unit,wave,measure,value, with commas in between")]
    Header {
        /// The line.
        found: String,
    },
    /// A line has other columns.
    #[error("needs four columns, which are unit, wave, measure and value, and has {found}")]
    Columns {
        /// How many it has.
        found: usize,
    },
    /// A unit's name doesn't have the form of a segment's value.
    #[error("{found:?} can't be a unit; use {UNIT_FORM}")]
    Unit {
        /// The first column.
        found: String,
    },
    /// A wave that doesn't exist, or is written differently.
    #[error(
        "{found:?} is no wave; use a week such as 2026-W47, a month such as 2026-11 or a quarter such as 2026-Q4"
    )]
    Wave {
        /// The second column.
        found: String,
    },
    /// A measure's name doesn't have its form.
    #[error("{found:?} can't be a measure; use headcount, or for an outcome 1 to 40 of a-z 0-9 _")]
    Measure {
        /// The third column.
        found: String,
    },
    /// A comma stands in a number.
    #[error("the value {found:?} has a comma; use a decimal point, and nothing between thousands")]
    Comma {
        /// The fourth column.
        found: String,
    },
    /// A value that is no number.
    #[error("the value {found:?} is no number; use one such as 12, -0.5 or 1.2e6")]
    Number {
        /// The fourth column.
        found: String,
    },
    /// A headcount that doesn't count people.
    #[error("the headcount {found:?} is no whole number from 0 to {}", u32::MAX)]
    Headcount {
        /// The fourth column.
        found: String,
    },
    /// An earlier line has the same unit, wave and measure.
    #[error("has the same unit, wave and measure as line {first}; leave one of the two out")]
    Duplicate {
        /// The earlier line.
        first: u64,
    },
    /// The line isn't text.
    #[error("isn't UTF-8; save the file as CSV in UTF-8")]
    Encoding,
    /// The file ends within quotation marks.
    #[error("has a quotation mark without a second one; the file may have been cut off")]
    Unclosed,
    /// The file ends below its header.
    #[error("is the last one; there have to be lines below the header")]
    Nothing,
    /// The file is too long.
    #[error("is one too many; a file may have {MOST_LINES} lines below its header; import it in parts")]
    TooMany,
}

impl FactProblems {
    /// The first mistakes, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &FactProblem> {
        self.told.iter()
    }

    fn note(&mut self, line: u64, fault: FactFault) {
        if self.told.len() < MOST_TOLD {
            self.told.push(FactProblem { line, fault });
        } else {
            self.more += 1;
        }
    }
}

impl fmt::Display for FactProblems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, FactProblem { line, fault }) in self.told.iter().enumerate() {
            let before = if index > 0 { "\n" } else { "" };
            write!(formatter, "{before}line {line}: {fault}")?;
        }
        match self.more {
            0 => Ok(()),
            1 => formatter.write_str("\nand 1 more mistake"),
            more => write!(formatter, "\nand {more} more mistakes"),
        }
    }
}

pub(super) fn parse(csv: &[u8]) -> Result<Facts, FactProblems> {
    let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv);
    let mut place = Place { csv, byte: 0, line: 1 };
    let mut records = reader.records().map(|record| place.of(record));
    let (mut last, header) = records.next().unwrap_or((1, Ok(StringRecord::new())));
    let mut reading = Reading::default();
    if let Err(fault) = header.and_then(check_header) {
        reading.problems.note(last, fault);
        return Err(reading.problems);
    }
    let mut lines = 0;
    for (line, record) in records {
        (last, lines) = (line, lines + 1);
        if lines > MOST_LINES {
            reading.problems.note(line, FactFault::TooMany);
            break;
        }
        match record {
            Ok(record) => reading.read(line, &record),
            Err(fault) => reading.problems.note(line, fault),
        }
    }
    if lines == 0 {
        reading.problems.note(last, FactFault::Nothing);
    }
    // The library takes the end of the file for the second mark.
    if csv.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        reading.problems.note(last, FactFault::Unclosed);
    }
    reading.finish()
}

/// How far the lines of a file are counted.
struct Place<'a> {
    csv: &'a [u8],
    byte: usize,
    line: u64,
}

impl Place<'_> {
    /// A record with the number of its line. All that can be wrong with it by itself is that it isn't UTF-8.
    fn of(&mut self, record: csv::Result<StringRecord>) -> (u64, Result<StringRecord, FactFault>) {
        let position = match &record {
            Ok(record) => record.position(),
            Err(error) => error.position(),
        };
        let start = position.and_then(|position| usize::try_from(position.byte()).ok());
        self.advance(start.unwrap_or(self.byte));
        (self.line, record.map_err(|_| FactFault::Encoding))
    }

    /// Counts on to a record. What the library calls its start may lie before the end of the line above it, and before
    /// empty lines.
    fn advance(&mut self, start: usize) {
        let rest = self.csv.get(start..).unwrap_or_default();
        let before = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.csv.get(self.byte..start + before).unwrap_or_default();
        self.line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.byte = start + before;
    }
}

fn check_header(header: StringRecord) -> Result<(), FactFault> {
    if header == COLUMNS[..] {
        return Ok(());
    }
    Err(FactFault::Header { found: shortened(&header.iter().collect::<Vec<_>>().join(",")) })
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    facts: Facts,
    /// The line of each unit, wave and measure.
    lines: BTreeMap<(String, Wave, String), u64>,
    problems: FactProblems,
}

impl Reading {
    fn read(&mut self, line: u64, record: &StringRecord) {
        let columns: Vec<&str> = record.iter().collect();
        let &[unit, wave, measure, value] = columns.as_slice() else {
            return self.problems.note(line, other_columns(&columns));
        };
        let unit = self.noted(line, read_unit(unit));
        let wave = self.noted(line, read_wave(wave));
        let (measure, value) = (read_measure(measure), read_value(measure, value));
        let (measure, value) = (self.noted(line, measure), self.noted(line, value));
        let (Some(unit), Some(wave), Some(measure), Some(value)) = (unit, wave, measure, value) else {
            return;
        };
        match self.lines.entry((unit.to_owned(), wave, measure.to_owned())) {
            Entry::Occupied(first) => {
                self.problems.note(line, FactFault::Duplicate { first: *first.get() });
            }
            Entry::Vacant(free) => {
                free.insert(line);
                self.facts.insert(Fact { unit, wave, measure, value });
            }
        }
    }

    /// What was read, if it could be.
    fn noted<T>(&mut self, line: u64, read: Result<T, FactFault>) -> Option<T> {
        read.map_err(|fault| self.problems.note(line, fault)).ok()
    }

    fn finish(self) -> Result<Facts, FactProblems> {
        if self.problems.told.is_empty() { Ok(self.facts) } else { Err(self.problems) }
    }
}

/// What is wrong with a line that doesn't have four columns. A decimal comma makes a fifth one.
fn other_columns(columns: &[&str]) -> FactFault {
    let is_part = |part: &&str| !part.is_empty() && part.bytes().all(is_of_number);
    match columns {
        [_, _, _, parts @ ..] if parts.len() > 1 && parts.iter().all(is_part) => {
            FactFault::Comma { found: shortened(&parts.join(",")) }
        }
        _ => FactFault::Columns { found: columns.len() },
    }
}

fn read_unit(text: &str) -> Result<&str, FactFault> {
    if is_unit(text) { Ok(text) } else { Err(FactFault::Unit { found: shortened(text) }) }
}

fn read_wave(text: &str) -> Result<Wave, FactFault> {
    Wave::parse(text).ok_or_else(|| FactFault::Wave { found: shortened(text) })
}

fn read_measure(text: &str) -> Result<&str, FactFault> {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    let is_measure = matches!(text.len(), 1..=40) && text.bytes().all(plain);
    if is_measure { Ok(text) } else { Err(FactFault::Measure { found: shortened(text) }) }
}

fn read_value(measure: &str, text: &str) -> Result<f64, FactFault> {
    let found = shortened(text);
    if text.contains(',') && text.bytes().all(|byte| byte == b',' || is_of_number(byte)) {
        return Err(FactFault::Comma { found });
    }
    // The parser takes `inf` and `nan` as well.
    let number: Option<f64> = text.parse().ok().filter(|_| text.bytes().all(is_of_number));
    let is_of_people = |number: &f64| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number);
    match number.filter(|number| number.is_finite()) {
        Some(number) if measure != HEADCOUNT || is_of_people(&number) => Ok(number),
        _ if measure == HEADCOUNT => Err(FactFault::Headcount { found }),
        _ => Err(FactFault::Number { found }),
    }
}

fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_FOUND) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
