use puls_core::wave::Day;

/// A change of a wave's figures that no release of an open wave made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Revision {
    pub(crate) wave: String,
    pub(crate) version: u32,
    /// The day of the change.
    pub(crate) day: Day,
    pub(crate) kind: RevisionKind,
    /// The reason in words, for readers of results.
    pub(crate) reason: String,
}

/// What changed the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RevisionKind {
    /// Sums of a sealed survey came after the wave had closed.
    SealedSums,
    /// Sample data was filled in after the wave had closed.
    Sample,
    /// The wave was taken out of the totals.
    Void,
    /// An older build showed readers wrong figures, which a newer one corrects.
    Republished,
}

impl RevisionKind {
    const NAMES: [(&'static str, Self); 4] = [
        ("sealed_sums", Self::SealedSums),
        ("sample", Self::Sample),
        ("void", Self::Void),
        ("republished", Self::Republished),
    ];

    /// The kind's name in the store.
    pub(super) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The kind with this name in the store; `None` if this build doesn't know it.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// The revision as results state it.
impl From<Revision> for puls_analysis::results::Revision {
    fn from(Revision { wave, version, day, kind, reason }: Revision) -> Self {
        Self { wave, version, day: day.to_string(), kind: kind.name().to_owned(), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_says_when_what_and_why() {
        let revision = Revision {
            wave: "2026-W47".to_owned(),
            version: 2,
            day: Day::since_1970(20_778),
            kind: RevisionKind::SealedSums,
            reason: "late".to_owned(),
        };
        assert_eq!(
            serde_json::to_string(&puls_analysis::results::Revision::from(revision)).unwrap(),
            r#"{"wave":"2026-W47","version":2,"day":"2026-11-21","kind":"sealed_sums","reason":"late"}"#
        );
    }

    #[test]
    fn each_kind_is_read_back() {
        for (_, kind) in RevisionKind::NAMES {
            assert_eq!(RevisionKind::named(kind.name()), Some(kind));
        }
        assert_eq!(RevisionKind::named("import"), None);
    }
}
