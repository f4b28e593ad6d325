use super::Favourable;
use crate::disclosure::{LineTotals, Published, PublishedScore, Shown, Spread};
use crate::estimates::{
    Estimate, answered, exact_score, score, share_of, share_within, shares, widest_score,
};
use crate::line::{Form, Line};
use puls_core::definition::Thirds;
use puls_core::summary::Counts;

/// A line's numbers, before they get their labels.
pub(super) struct Figures {
    /// How many people there are, whether they answered or not.
    pub(super) respondents: u64,
    pub(super) answered: u64,
    /// `None` if the line's only figures are shares, or if nobody has answered yet.
    pub(super) score: Option<Shown<ScoreFigure>>,
    pub(super) favourable: Option<Shown<Favourable>>,
    pub(super) counts: Vec<u64>,
    /// The share of each answer; empty if nobody has answered yet.
    pub(super) shares: Shown<Vec<Estimate>>,
    /// The number of answers in `counts` and `shares`, if some answers in `answered` are still pending there.
    pub(super) distribution_of: Option<u64>,
}

/// A line's main figure.
#[derive(Clone, Copy)]
pub(super) struct ScoreFigure {
    pub(super) estimate: Estimate,
    /// Whether its range assumes a wider spread than the answers may have; see
    /// [`Score::spread_withheld`](super::Score).
    pub(super) spread_withheld: bool,
}

impl Default for Figures {
    /// The figures of nobody.
    fn default() -> Self {
        Self {
            respondents: 0,
            answered: 0,
            score: None,
            favourable: None,
            counts: Vec::new(),
            shares: Shown::Published(Vec::new()),
            distribution_of: None,
        }
    }
}

impl Figures {
    /// The figures of answers that were randomised.
    pub(super) fn of_reports(line: &Line, totals: &LineTotals) -> Self {
        let LineTotals { respondents, counts } = totals;
        let answered = answered(counts, *respondents, line.noise);
        let score = score(line, counts).map(|estimate| ScoreFigure { estimate, spread_withheld: false });
        Self {
            respondents: *respondents,
            answered,
            score: score.map(Shown::Published),
            favourable: favourable_of_reports(line, counts, answered).map(Shown::Published),
            counts: counts.cells().to_vec(),
            shares: Shown::Published(shares(line, counts, *respondents)),
            distribution_of: None,
        }
    }

    /// The figures of answers that are counted exactly, from the published part of them.
    pub(super) fn of_published(line: &Line, published: &Published) -> Self {
        let Published { respondents, answered, score, favourable, points } = published;
        let Some(points) = points else { return Self::default() };
        let of = |totals: &LineTotals| self::answered(&totals.counts, totals.respondents, line.noise);
        Self {
            respondents: *respondents,
            answered: *answered,
            score: score.as_ref().and_then(|published| exact(line, published)),
            favourable: favourable.as_ref().and_then(favourable_of_counts),
            counts: points.published().map(|totals| totals.counts.cells().to_vec()).unwrap_or_default(),
            shares: points.map(|totals| shares(line, &totals.counts, totals.respondents)),
            distribution_of: points.published().map(of).filter(|of| of != answered),
        }
    }
}

fn exact(line: &Line, published: &Shown<PublishedScore>) -> Option<Shown<ScoreFigure>> {
    let figure = |PublishedScore { sums, spread }: &PublishedScore| {
        let estimate = match spread {
            Spread::OfNone => widest_score(line, sums.answered, sums.sum),
            Spread::OfSome | Spread::OfAll => exact_score(line, *sums),
        };
        Some(ScoreFigure { estimate: estimate?, spread_withheld: *spread != Spread::OfAll })
    };
    published.map(figure).transpose()
}

/// The thirds of `answered` answers. If "no answer" was randomised, `answered` isn't the number of reports with an
/// answer. `None` if the line's three answers are these classes anyway.
fn favourable_of_reports(line: &Line, counts: &Counts, answered: u64) -> Option<Favourable> {
    let thirds = line.thirds.clone().filter(|_| line.form != Form::Classes)?;
    Favourable::of(answered, thirds.map(|cells| share_within(line, counts, cells)))
}

fn favourable_of_counts(published: &Shown<Thirds<u64>>) -> Option<Shown<Favourable>> {
    let shares = |thirds: &Thirds<u64>| {
        let of = thirds.unfavourable + thirds.neutral + thirds.favourable;
        Favourable::of(of, thirds.map(|count| share_of(count, of)))
    };
    published.map(shares).transpose()
}

impl Favourable {
    /// `None` of nobody.
    fn of(of: u64, Thirds { unfavourable, neutral, favourable }: Thirds<Option<Estimate>>) -> Option<Self> {
        Some(Self { of, favourable: favourable?, neutral: neutral?, unfavourable: unfavourable? })
    }
}
