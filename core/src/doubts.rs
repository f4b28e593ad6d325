//! Warnings about a definition that is valid but promises less than it seems to, so that its author thinks twice.
//!
//! A definition that promises nothing at all can't be read in the first place: batches without a shared device or of
//! fewer than three people, an ε above 8, direct releases without trust, one aggregator in both roles.

use crate::definition::{Definition, Display, Mechanism};
use std::fmt;

/// Something to think about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where in the definition, such as `privacy.lifetime_epsilon`.
    pub place: &'static str,
    /// What that means, and what to do.
    pub text: String,
}

impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.text)
    }
}

/// How many respondents a survey has, as a rule of thumb.
const RESPONDENTS: u64 = 300;

/// The figures of a group with fewer people than this are about single persons.
const FEW: u64 = 5;

/// What four releases with the largest ε spend. A lifetime ε above it bounds next to nothing.
const LONG_LIFETIME: f64 = 32.0;

/// All doubts about a definition.
pub fn doubts(definition: &Definition) -> Vec<Doubt> {
    mechanism(definition).into_iter().chain(joint(definition)).chain(segments(definition)).collect()
}

fn mechanism(definition: &Definition) -> Option<Doubt> {
    let is_above_page = matches!(definition.show.display, Display::Popover | Display::Modal | Display::Bar);
    let (place, text) = match &definition.privacy {
        Mechanism::Batched { .. } if is_above_page => (
            "privacy.device",
            "a survey that opens above a page is mostly met on personal devices, on which one person fills the batch; \
             show it inline, on a page of its own or as a kiosk, or take another mechanism"
                .to_owned(),
        ),
        Mechanism::Randomised { lifetime, .. } if lifetime.value() > LONG_LIFETIME => (
            "privacy.lifetime_epsilon",
            format!("{lifetime} lets one browser tell so much over the waves that it bounds next to nothing"),
        ),
        Mechanism::Randomised { epsilon, lifetime } if *lifetime < *epsilon + *epsilon => (
            "privacy.lifetime_epsilon",
            format!(
                "{lifetime} is less than twice the epsilon of one release: what a browser sends is then almost the same in \
                 every wave, and its releases can be told to be one browser's; take {} or more",
                *epsilon + *epsilon
            ),
        ),
        Mechanism::Direct => (
            "privacy",
            "the endpoint receives every answer as it was given; its promise is that of whoever runs it".to_owned(),
        ),
        Mechanism::Sealed(sealed) if site(&sealed.leader) == site(&sealed.helper) => (
            "privacy.helper",
            format!(
                "the leader and the helper are both at {}; whoever runs both can read every answer",
                site(&sealed.leader)
            ),
        ),
        _ => return None,
    };
    Some(Doubt { place, text })
}

/// Sums of products cover only those who answered all joint lines. Subtracted from a line's own counts, they leave what
/// the others answered.
fn joint(definition: &Definition) -> Option<Doubt> {
    let lines = definition.counted();
    let mut joint = definition.joint.lines().iter().filter_map(|line| line.of(&lines));
    let line = joint.find(|line| line.may_miss || line.sampled)?;
    let text = format!(
        "somebody may be without an answer to {:?}; what they answered to the other lines is what the sums leave over, \
         and of one person alone it is that person's answers; ask everybody all joint lines",
        line.id
    );
    Some(Doubt { place: "joint", text })
}

/// Segments may split the respondents into groups of one.
fn segments(definition: &Definition) -> Option<Doubt> {
    let sizes = definition.segments.iter().map(|(_, values)| values.len() as u64);
    let groups = sizes.fold(1_u64, u64::saturating_mul);
    let people = RESPONDENTS.div_ceil(groups.max(1)).max(2);
    let text = format!(
        "the values of all segments together make {groups} groups: {RESPONDENTS} respondents are fewer than {people} in \
         each, and such counts are about single persons; leave a segment out, or put values together"
    );
    (RESPONDENTS < groups.saturating_mul(FEW)).then_some(Doubt { place: "segments", text })
}

/// The last two labels of an address's host.
fn site(url: &str) -> &str {
    let host = url.split("//").nth(1).and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
    let mut dots = host.rmatch_indices('.').map(|(index, _)| index + 1);
    dots.nth(1).and_then(|start| host.get(start..)).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOINT: &str = r#""joint": ["recommend", "ease"], "show": {"display": "kiosk"},
        "privacy": {"kind": "batched", "device": "shared"}"#;

    fn places(fields: &str) -> Vec<String> {
        places_of(r#"{"id": "ease", "kind": "count", "text": "?", "most": 3}"#, fields)
    }

    fn places_of(item: &str, fields: &str) -> Vec<String> {
        let text = format!(
            r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
                "items": [{{"id": "recommend", "kind": "net_promoter", "text": "?"}}, {item}], {fields}}}"#
        );
        let found = doubts(&Definition::parse(&text).unwrap_or_else(|problems| panic!("{problems}")));
        found.iter().map(|doubt| doubt.place.to_owned()).collect()
    }

    fn sealed(leader: &str, helper: &str) -> String {
        let id = "t".repeat(43);
        format!(
            r#""privacy": {{"kind": "sealed", "leader": "{leader}", "helper": "{helper}",
                "tasks": [{{"item": "recommend", "id": "{id}"}}, {{"item": "ease", "id": "u{}"}}]}}"#,
            &id[1..]
        )
    }

    #[test]
    fn what_promises_less_than_it_seems_to_is_doubted() {
        let shared = r#""privacy": {"kind": "batched", "device": "shared"}, "show": {"display": "#;
        assert_eq!(places(&format!(r#"{shared}"popover"}}"#)), ["privacy.device"]);
        assert_eq!(places(r#""privacy": {"kind": "direct", "trust": "endpoint"}"#), ["privacy"]);
        let lifetime = r#""privacy": {"kind": "randomised", "epsilon": 8, "lifetime_epsilon": "#;
        for doubtful in ["33", "8", "15.999"] {
            assert_eq!(places(&format!("{lifetime}{doubtful}}}")), ["privacy.lifetime_epsilon"]);
        }
        assert_eq!(
            places(&sealed("https://a.dap.example", "https://b.dap.example:8443/x")),
            ["privacy.helper"]
        );
        let gap = r#"{"id": "ease", "kind": "count", "text": "?", "most": 3, "required": false}"#;
        assert_eq!(places_of(gap, JOINT), ["joint"]);
        let values: Vec<String> = (0..61).map(|value| format!(r#""v{value}""#)).collect();
        assert_eq!(places(&format!(r#""segments": {{"unit": [{}]}}"#, values.join(","))), ["segments"]);
    }

    #[test]
    fn what_is_as_it_seems_is_not() {
        let shared = r#""privacy": {"kind": "batched", "device": "shared"}, "show": {"display": "kiosk"}"#;
        let randomised = r#""privacy": {"kind": "randomised", "epsilon": 8}"#;
        let twice = r#""privacy": {"kind": "randomised", "epsilon": 8, "lifetime_epsilon": 16}"#;
        let values: Vec<String> = (0..60).map(|value| format!(r#""v{value}""#)).collect();
        let segments = format!(r#""segments": {{"unit": [{}]}}"#, values.join(","));
        for fields in [
            shared,
            JOINT,
            randomised,
            twice,
            &segments,
            &sealed("https://one.example", "https://two.example"),
        ] {
            assert_eq!(places(fields), [""; 0], "{fields}");
        }
    }
}
