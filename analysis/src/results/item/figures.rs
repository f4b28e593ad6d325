use super::Favourable;
use crate::disclosure::{LineShown, LineTotals, Published, PublishedScore, Shown, Spread};
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
pub(crate) struct ScoreFigure {
    pub(crate) estimate: Estimate,
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
    /// The figures of what is `shown` of a line.
    pub(super) fn of(line: &Line, shown: &LineShown) -> Self {
        let (score, favourable) = (ScoreFigure::of(line, shown), Favourable::of(line, shown));
        match shown {
            LineShown::Reports(LineTotals { respondents, counts }) => Self {
                respondents: *respondents,
                answered: answered(counts, *respondents, line.noise),
                score,
                favourable,
                counts: counts.cells().to_vec(),
                shares: Shown::Published(shares(line, counts, *respondents)),
                distribution_of: None,
            },
            LineShown::Published(Published { points: None, .. }) => Self::default(),
            LineShown::Published(Published { respondents, answered, points: Some(points), .. }) => Self {
                respondents: *respondents,
                answered: *answered,
                score,
                favourable,
                counts: points.published().map(|totals| totals.counts.cells().to_vec()).unwrap_or_default(),
                shares: points.map(|totals| shares(line, &totals.counts, totals.respondents)),
                distribution_of: points
                    .published()
                    .map(|totals| self::answered(&totals.counts, totals.respondents, line.noise))
                    .filter(|of| of != answered),
            },
        }
    }
}

impl ScoreFigure {
    /// A line's main figure; `None` if its only figures are shares, or if nobody has answered yet.
    pub(crate) fn of(line: &Line, shown: &LineShown) -> Option<Shown<Self>> {
        match shown {
            LineShown::Reports(totals) => {
                let estimate = score(line, &totals.counts)?;
                Some(Shown::Published(Self { estimate, spread_withheld: false }))
            }
            LineShown::Published(published) => exact(line, published.score.as_ref()?),
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
    Favourable::with(answered, thirds.map(|cells| share_within(line, counts, cells)))
}

fn favourable_of_counts(published: &Shown<Thirds<u64>>) -> Option<Shown<Favourable>> {
    let shares = |thirds: &Thirds<u64>| {
        let of = thirds.unfavourable + thirds.neutral + thirds.favourable;
        Favourable::with(of, thirds.map(|count| share_of(count, of)))
    };
    published.map(shares).transpose()
}

impl Favourable {
    /// The thirds of what is `shown` of a line; `None` if it has no such thirds, or if nobody has answered yet.
    pub(crate) fn of(line: &Line, shown: &LineShown) -> Option<Shown<Self>> {
        match shown {
            LineShown::Reports(LineTotals { respondents, counts }) => {
                let answered = answered(counts, *respondents, line.noise);
                favourable_of_reports(line, counts, answered).map(Shown::Published)
            }
            LineShown::Published(published) => favourable_of_counts(published.favourable.as_ref()?),
        }
    }

    /// `None` of nobody.
    fn with(of: u64, Thirds { unfavourable, neutral, favourable }: Thirds<Option<Estimate>>) -> Option<Self> {
        Some(Self { of, favourable: favourable?, neutral: neutral?, unfavourable: unfavourable? })
    }
}
