//! The results that the reader looks at, in the form in which the address and the collector's queries write them.

use puls_core::wave::Wave;
use std::collections::BTreeMap;

/// A choice of survey, wave and segment. The default chooses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct View {
    /// The survey's id.
    pub(crate) survey: Option<String>,
    /// One wave; all waves if it is `None`.
    pub(crate) wave: Option<String>,
    /// The chosen values by segment name. Segments that aren't in it aren't filtered.
    pub(crate) segment: BTreeMap<String, String>,
}

impl View {
    /// All results of a survey.
    pub(crate) fn of(survey: &str) -> Self {
        Self { survey: Some(survey.to_owned()), ..Self::default() }
    }

    /// Reads an address's query, with or without its `?`.
    ///
    /// It ignores values that can't be an id, a wave or a segment value. None of these has a character that an address
    /// escapes, so nothing has to be unescaped.
    pub(crate) fn from_query(query: &str) -> Self {
        let mut view = Self::default();
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        for (name, value) in pairs.filter(|(_, value)| is_name(value)) {
            match name.strip_prefix("segment.") {
                Some(segment) if is_name(segment) => {
                    view.segment.insert(segment.to_owned(), value.to_owned());
                }
                Some(_) => {}
                None if name == "survey" => view.survey = Some(value.to_owned()),
                None if name == "wave" => view.wave = Wave::parse(value).map(|wave| wave.to_string()),
                None => {}
            }
        }
        view
    }

    /// The page's own query, such as `?survey=nps&wave=2026-11`; empty for no survey.
    pub(crate) fn to_query(&self) -> String {
        let survey = self.survey.iter().map(|survey| format!("survey={survey}"));
        as_query(survey.chain(self.filters()))
    }

    /// The query of the collector's results, such as `?wave=2026-11&segment.unit=billing`.
    pub(crate) fn results_query(&self) -> String {
        as_query(self.filters())
    }

    /// Whether only a part of the survey's answers is requested.
    pub(crate) fn is_filtered(&self) -> bool {
        self.wave.is_some() || !self.segment.is_empty()
    }

    /// The same survey and segment in another wave.
    pub(crate) fn in_wave(&self, wave: Option<String>) -> Self {
        Self { wave, ..self.clone() }
    }

    /// The same survey and wave with another value of one segment, or without it.
    pub(crate) fn in_segment(&self, name: &str, value: Option<String>) -> Self {
        let mut view = self.clone();
        match value {
            Some(value) => view.segment.insert(name.to_owned(), value),
            None => view.segment.remove(name),
        };
        view
    }

    fn filters(&self) -> impl Iterator<Item = String> {
        let wave = self.wave.iter().map(|wave| format!("wave={wave}"));
        wave.chain(self.segment.iter().map(|(name, value)| format!("segment.{name}={value}")))
    }
}

fn as_query(pairs: impl Iterator<Item = String>) -> String {
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// Whether a text can be an id, or a segment's name or value: 1 to 64 of these characters, of which segments allow 32.
fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_link_names_survey_wave_and_segments() {
        let view = View::from_query("?segment.unit=billing&survey=nps&wave=2026-11");
        assert_eq!(view.to_query(), "?survey=nps&wave=2026-11&segment.unit=billing");
        assert_eq!(view.results_query(), "?wave=2026-11&segment.unit=billing");
        assert_eq!(View::of("nps").results_query(), "");
    }

    #[test]
    fn what_cannot_be_meant_is_left_out() {
        let view = View::from_query("survey=../nps&wave=soon&segment.=x&segment.unit=%20&utm=mail&&survey");
        assert_eq!(view, View::default());
        assert_eq!(view.to_query(), "");
    }

    #[test]
    fn a_segment_is_chosen_and_left() {
        let billing = View::of("pulse").in_segment("unit", Some("billing".to_owned()));
        assert_eq!(billing.to_query(), "?survey=pulse&segment.unit=billing");
        assert!(billing.is_filtered());
        assert_eq!(billing.in_segment("unit", None), View::of("pulse"));
    }

    proptest! {
        #[test]
        fn any_query_reads_and_writes_back(query in "[?&=a-z0-9.%-]{0,60}|\\PC{0,40}") {
            let view = View::from_query(&query);
            prop_assert_eq!(View::from_query(&view.to_query()), view);
        }
    }
}
