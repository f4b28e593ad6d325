use super::Anchors;
use super::item::{ItemKind, Kind};
use crate::language::TextRules;
use crate::read::Fields;

/// How likely someone is to recommend, from 0 to 10.
///
/// Net Promoter, NPS and Net Promoter Score are trademarks of NICE Systems, Bain & Company and Fred
/// Reichheld. Promoters answer 9 or 10, detractors 0 to 6, the others are passive.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NetPromoter {
    /// What 0 and 10 mean.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub anchors: Option<Anchors>,
}

impl NetPromoter {
    pub(super) const KIND: Kind = Kind {
        name: "net_promoter",
        is_asked: true,
        fields: &["anchors"],
        read: |fields, rules| ItemKind::NetPromoter(Self::read(fields, rules)),
    };

    /// The answers 0 to 10.
    pub const CELLS: usize = 11;

    /// Detractors, passives and promoters.
    pub const CLASSES: usize = 3;

    /// The class of an answer: 0 for a detractor, 1 for a passive, 2 for a promoter.
    ///
    /// ```
    /// use puls_core::definition::NetPromoter;
    /// assert_eq!([6, 7, 8, 9].map(NetPromoter::class), [0, 1, 1, 2]);
    /// ```
    pub fn class(answer: usize) -> usize {
        match answer {
            0..=6 => 0,
            7 | 8 => 1,
            _ => 2,
        }
    }

    fn read(fields: &Fields<'_>, rules: TextRules<'_>) -> Self {
        Self { anchors: fields.get("anchors").map(|node| Anchors::read(&node, rules)) }
    }
}
