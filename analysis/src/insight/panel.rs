//! A survey's published figures, wave by wave and group by group.
//!
//! In come a survey's disclosure and what the organisation has told; out go slices: the figures of the people of some waves
//! who have some segment values. All other modules here read figures from a panel.

use super::{Figure, Measure, Missing, SurveyLabel};
use crate::disclosure::{Shown, SurveyDisclosure, Totals};
use crate::organisation::Organisation;
use crate::results::Revision;
use puls_core::definition::{Audience, Definition};
use puls_core::joint_sums::JointSums;
use puls_core::segment::Segment;
use puls_core::wave::{Day, Wave};
use std::collections::BTreeMap;

/// What is published of a survey's measures, wave by wave and group by group.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    definition: &'a Definition,
    disclosure: SurveyDisclosure<'a>,
    organisation: &'a Organisation,
    language: String,
    measures: Vec<Measure>,
    waves: Vec<Wave>,
    revisions: Vec<Revision>,
    today: Day,
}

/// What is published of some people.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The people who are counted.
    pub respondents: u64,
    /// How many of them are sample data.
    pub sample: u64,
    /// The figure of each of the panel's measures, in their order.
    pub figures: Vec<Figure>,
    /// The sums of joint lines' products; `None` if the survey has no joint lines.
    pub joint: Option<Shown<JointSums>>,
}

impl<'a> Panel<'a> {
    /// The panel of a survey, of which all waves are held in `disclosure`. If it is of some lines only, the panel has the
    /// measures of these.
    pub fn new(
        definition: &'a Definition,
        disclosure: SurveyDisclosure<'a>,
        organisation: &'a Organisation,
        language: &str,
        today: Day,
    ) -> Self {
        let mut waves: Vec<Wave> = disclosure.waves().iter().filter_map(|wave| Wave::parse(wave)).collect();
        waves.sort_by_key(|wave| wave.first_day());
        let mut measures = Measure::all(definition, language);
        measures.retain(|measure| disclosure.has_line(&measure.line));
        Self {
            measures,
            language: language.to_owned(),
            definition,
            disclosure,
            organisation,
            waves,
            revisions: Vec::new(),
            today,
        }
    }

    /// The same with the revisions of its waves, oldest first.
    #[must_use]
    pub fn with_revisions(self, revisions: Vec<Revision>) -> Self {
        Self { revisions, ..self }
    }

    /// The revisions of its waves, oldest first.
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// Which survey it is of.
    pub fn label(&self) -> SurveyLabel {
        SurveyLabel::of(self.definition, &self.language)
    }

    /// The survey.
    pub fn definition(&self) -> &'a Definition {
        self.definition
    }

    /// What is published of its lines.
    pub fn disclosure(&self) -> &SurveyDisclosure<'a> {
        &self.disclosure
    }

    /// What is known of the units besides answers.
    pub fn organisation(&self) -> &'a Organisation {
        self.organisation
    }

    /// The survey's measures.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The waves of which something was received, oldest first.
    pub fn waves(&self) -> &[Wave] {
        &self.waves
    }

    /// The newest wave that has a published figure of everybody, or else the newest one.
    pub fn latest(&self) -> Option<Wave> {
        let has_figure = |wave: &&Wave| {
            let slice = self.slice_of(Some(**wave), |_| true);
            slice.is_some_and(|slice| slice.figures.iter().any(|figure| figure.known().is_some()))
        };
        self.waves.iter().rev().find(has_figure).or(self.waves.last()).copied()
    }

    /// Whether a wave still goes on.
    pub fn is_open(&self, wave: Wave) -> bool {
        wave.last_day() >= self.today
    }

    /// What is published of each group of people, in one wave, or in all of them. `groups` says which groups the people
    /// with a segment belong to; a group to which those without a segment belong is everybody. Groups of nobody are
    /// left out.
    pub fn slices<K: Ord + Clone>(
        &self,
        wave: Option<Wave>,
        groups: impl Fn(&Segment) -> Vec<K>,
    ) -> BTreeMap<K, Slice> {
        let wave = wave.map(|wave| wave.to_string());
        let groups = self.disclosure.breakdown(wave.as_deref(), groups).into_iter();
        groups.map(|(group, totals)| (group, self.slice(totals))).collect()
    }

    /// What is published of the people whose segment fits, in one wave, or in all of them; `None` if nobody does.
    pub fn slice_of(&self, wave: Option<Wave>, fits: impl Fn(&Segment) -> bool) -> Option<Slice> {
        self.slices(wave, |of| if fits(of) { vec![()] } else { Vec::new() }).remove(&())
    }

    /// Whether people have all the values in `segment`. A unit has its present name, whatever it was called in the `wave`.
    pub(super) fn has(&self, of: &Segment, segment: &BTreeMap<String, String>, wave: Wave) -> bool {
        let units = &self.organisation.units;
        let newest = self.waves.last().copied().unwrap_or(wave);
        segment.iter().all(|(name, wanted)| {
            let value = of.iter().find(|(known, _)| known == name).map(|(_, value)| value);
            value.map(|value| units.present_name(value, wave)) == Some(units.present_name(wanted, newest))
        })
    }

    /// How many people a unit had in a wave; `None` if that isn't known, and for customers, whom no headcount is of.
    pub(super) fn headcount(&self, unit: &str, wave: Wave) -> Option<u64> {
        match self.definition.audience {
            Audience::Employee => self.organisation.facts.headcount(unit, wave).map(u64::from),
            Audience::Customer => None,
        }
    }

    fn slice(&self, totals: Totals) -> Slice {
        let figure = |measure: &Measure| measure.figure(totals.lines.get(&measure.line));
        Slice {
            respondents: totals.respondents,
            sample: totals.sample,
            figures: self.measures.iter().map(figure).collect(),
            joint: totals.joint,
        }
    }
}

impl Slice {
    /// The figure of the measure with that `index`. `None` stands for a group of nobody.
    pub(super) fn figure(slice: Option<&Self>, index: usize) -> Figure {
        let figure = slice.and_then(|slice| slice.figures.get(index).cloned());
        figure.unwrap_or_else(|| Missing::Answers.into())
    }
}
