//! Everything that the routes share, made once at start.

use crate::assets::{Assets, Caching, StaticFile};
use crate::store::Store;
use crate::surveys::Surveys;
use crate::token::TokenHash;
use puls_core::definition::{Definition, Show};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the loader's source has in place of the show rules.
const SHOW_RULES: &str = "\"__PULS_SHOW__\"";

/// A collector that is ready to serve.
pub(crate) struct Collector {
    pub(crate) store: Store,
    pub(crate) surveys: Surveys,
    pub(crate) token: TokenHash,
    pub(crate) site: Site,
}

/// The files that browsers are served; without a build there are none.
pub(crate) struct Site {
    pub(crate) loader: Option<StaticFile>,
    pub(crate) assets: BTreeMap<String, StaticFile>,
    pub(crate) results_page: Option<StaticFile>,
    /// The page around a single survey, with places for its id, language and title.
    pub(crate) embed_page: Option<String>,
}

/// A survey's rules for showing it, as far as they differ from the loader's own.
#[derive(Serialize)]
struct ShowRules {
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recontact_days: Option<u16>,
}

impl Site {
    /// Makes the files ready to be served along with these surveys.
    pub(crate) fn new(assets: &Assets, surveys: &Surveys) -> Self {
        let loader = assets.text("puls.js").map(|loader| {
            let loader = loader.replace(SHOW_RULES, &show_rules(surveys.iter()));
            StaticFile::compressed("text/javascript; charset=utf-8", Caching::Minutes, loader)
        });
        Self {
            loader,
            assets: assets.folder("assets", Caching::Immutable),
            results_page: assets.file("results.html", Caching::Revalidated),
            embed_page: assets.text("embed.html"),
        }
    }
}

/// The rules of all surveys as a JSON object. Ids and triggers have no character that JSON or a script
/// would read otherwise.
fn show_rules<'a>(surveys: impl Iterator<Item = &'a Definition>) -> String {
    let rules: BTreeMap<&str, ShowRules> =
        surveys.filter_map(|survey| Some((survey.id.as_str(), ShowRules::of(&survey.show)?))).collect();
    serde_json::to_string(&rules).unwrap_or_else(|_| "{}".to_owned())
}

impl ShowRules {
    fn of(show: &Show) -> Option<Self> {
        let usual = Show::default();
        let triggers = || show.trigger.iter().map(ToString::to_string).collect();
        let rules = Self {
            trigger: (show.trigger != usual.trigger).then(triggers),
            recontact_days: (show.recontact_days != usual.recontact_days).then_some(show.recontact_days),
        };
        (rules.trigger.is_some() || rules.recontact_days.is_some()).then_some(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(show: &str) -> String {
        let survey = format!(
            r#"{{"id": "s", "version": 1, "audience": "customer", "languages": ["en"], "title": "S",
                "items": [{{"id": "recommend", "kind": "net_promoter", "text": "?"}}], "show": {show}}}"#
        );
        show_rules([Definition::parse(&survey).unwrap()].iter())
    }

    #[test]
    fn only_what_differs_is_told() {
        assert_eq!(rules("{}"), "{}");
        assert_eq!(rules(r#"{"trigger": ["load"], "display": "inline", "recontact_days": 90}"#), "{}");
        assert_eq!(rules(r#"{"recontact_days": 0}"#), r#"{"s":{"recontact_days":0}}"#);
        assert_eq!(
            rules(r#"{"trigger": ["delay:5s", "manual"], "recontact_days": 7}"#),
            r#"{"s":{"trigger":["delay:5s","manual"],"recontact_days":7}}"#
        );
    }
}
