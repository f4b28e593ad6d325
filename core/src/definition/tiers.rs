use crate::read::Node;

/// From how many answers on a reader sees a result, where answers are counted exactly: each 3 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Tiers {
    /// A mean, an index or a net promoter score: 3 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 3, max = 1000)))]
    pub score: u32,
    /// The shares of favourable, neutral and unfavourable answers: 5 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 3, max = 1000)))]
    pub favourable: u32,
    /// The share of each answer: 10 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 3, max = 1000)))]
    pub points: u32,
    /// The shares of an open text's themes: 20 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 3, max = 1000)))]
    pub themes: u32,
    /// All answers together, before they are broken down by a segment: 50 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 3, max = 1000)))]
    pub whole: u32,
    /// Each group that they are broken down into: 5 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 3, max = 1000)))]
    pub group: u32,
}

impl Default for Tiers {
    fn default() -> Self {
        Self { score: 3, favourable: 5, points: 10, themes: 20, whole: 50, group: 5 }
    }
}

impl Tiers {
    pub(super) fn read(node: &Node<'_>) -> Self {
        let usual = Self::default();
        let fields = node.fields(&["score", "favourable", "points", "themes", "whole", "group"]);
        let tier = |name, usual| fields.optional(name, usual, |node| node.integer(3..=1000));
        Self {
            score: tier("score", usual.score),
            favourable: tier("favourable", usual.favourable),
            points: tier("points", usual.points),
            themes: tier("themes", usual.themes),
            whole: tier("whole", usual.whole),
            group: tier("group", usual.group),
        }
    }
}
