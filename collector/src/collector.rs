//! The state that all routes share; it is made once, at start.

use crate::answers::Answers;
use crate::assets::{Assets, Caching, StaticFile};
use crate::clock::Clock;
use crate::organisation::LatestOrganisation;
use crate::origins::Origins;
use crate::settler::Unsettled;
use crate::store::Store;
use crate::surveys::Surveys;
use crate::token::TokenHash;
use puls_core::definition::{Definition, Display, ShowRules};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The placeholder for the show rules in the loader's source.
const SHOW_RULES: &str = "\"__PULS_SHOW__\"";

/// The placeholder for the ids of all surveys in the preview page.
const SURVEYS: &str = "{{surveys}}";

/// A collector that is ready to serve.
pub(crate) struct Collector {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) surveys: Arc<Surveys>,
    /// The waves to which something was added, for the settler to look at.
    pub(crate) unsettled: Unsettled,
    pub(crate) organisation: LatestOrganisation,
    /// Answers that took work, until what they are made of changes.
    pub(crate) answers: Answers,
    pub(crate) token: TokenHash,
    pub(crate) site: Site,
    pub(crate) clock: Clock,
    /// The origins of the pages that may post releases.
    pub(crate) origins: Origins,
}

/// The files that browsers are served. A collector that was built without them has none.
pub(crate) struct Site {
    pub(crate) loader: Option<StaticFile>,
    pub(crate) assets: BTreeMap<String, StaticFile>,
    pub(crate) results_page: Option<StaticFile>,
    /// The page on which authors try definitions.
    pub(crate) preview_page: Option<StaticFile>,
    /// The page in its frame.
    pub(crate) preview_frame: Option<StaticFile>,
    /// The page around a single survey, with placeholders for its id, language and title.
    pub(crate) embed_page: Option<String>,
}

/// The rules for showing a survey, as far as they differ from the loader's defaults.
#[derive(Serialize, PartialEq, Default)]
struct LoaderRules<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recontact_days: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sample: Option<f64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    include: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    exclude: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cooldown_days: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<&'static str>,
    /// Whether the small build can show it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    plain: bool,
}

impl Site {
    /// Prepares the files to be served with these surveys.
    pub(crate) fn new(assets: &Assets, surveys: &Surveys) -> Self {
        let loader = assets.text("puls.js").map(|loader| {
            let loader = loader.replace(SHOW_RULES, &show_rules(surveys.iter()));
            StaticFile::compressed("text/javascript; charset=utf-8", Caching::Minutes, loader)
        });
        Self {
            loader,
            assets: assets.served_by_content(),
            results_page: assets.file("results.html", Caching::Revalidated),
            preview_page: assets.text("preview.html").map(|page| {
                let ids: Vec<&str> = surveys.iter().map(|survey| survey.id.as_str()).collect();
                // Ids need no escaping.
                let page = page.replace(SURVEYS, &ids.join(" "));
                StaticFile::compressed("text/html; charset=utf-8", Caching::Revalidated, page)
            }),
            preview_frame: assets.file("preview-frame.html", Caching::Revalidated),
            embed_page: assets.text("embed.html"),
        }
    }
}

/// The rules of all surveys as a JSON object, which is a JavaScript expression as well.
fn show_rules<'a>(surveys: impl Iterator<Item = &'a Definition>) -> String {
    let rules = surveys.map(|survey| (survey.id.as_str(), LoaderRules::of(survey)));
    let rules: BTreeMap<&str, LoaderRules<'_>> =
        rules.filter(|(_, rules)| *rules != LoaderRules::default()).collect();
    serde_json::to_string(&rules).unwrap_or_else(|_| "{}".to_owned())
}

impl<'a> LoaderRules<'a> {
    fn of(survey: &'a Definition) -> Self {
        let (show, usual) = (&survey.show.rules, ShowRules::default());
        let triggers = || show.trigger.iter().map(ToString::to_string).collect();
        Self {
            trigger: (show.trigger != usual.trigger).then(triggers),
            recontact_days: unless(show.recontact_days, usual.recontact_days),
            sample: unless(show.sample, usual.sample).map(|share| share.value()),
            include: &show.pages.include,
            exclude: &show.pages.exclude,
            from: show.from.as_deref(),
            until: show.until.as_deref(),
            cooldown_days: unless(show.cooldown_days, usual.cooldown_days),
            display: unless(survey.show.display, Display::default()).map(Display::name),
            plain: survey.is_plain(),
        }
    }
}

/// The value, unless it is the default.
fn unless<T: PartialEq>(value: T, usual: T) -> Option<T> {
    (value != usual).then_some(value)
}

#[cfg(test)]
impl Collector {
    /// A collector of the ready-made survey `nps`, whose database is in this folder, on 2026-11-21.
    pub(crate) async fn of_nps(folder: &std::path::Path) -> Self {
        std::fs::write(folder.join("nps.json"), include_str!("../../surveys/nps.json")).unwrap();
        let store =
            crate::store::open(&format!("sqlite:{}", folder.join("puls.db").display())).await.unwrap();
        let clock = Clock::at(20_778 * 86_400);
        let surveys = Arc::new(Surveys::open(folder, &*store, clock.today()).await.unwrap());
        Self {
            organisation: LatestOrganisation::new(&store),
            site: Site::new(&Assets::default(), &surveys),
            store,
            surveys,
            unsettled: Unsettled::default(),
            answers: Answers::default(),
            token: TokenHash::of("token"),
            clock,
            origins: Origins::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use puls_documents::{net_promoter, survey};

    fn rules(show: &str) -> String {
        let show = serde_json::from_str(show).unwrap();
        let survey = survey("s").item(net_promoter("recommend")).show(show);
        show_rules([Definition::parse(&survey.to_string()).unwrap()].iter())
    }

    #[test]
    fn only_what_differs_is_told() {
        assert_eq!(rules("{}"), r#"{"s":{"plain":true}}"#);
        assert_eq!(
            rules(r#"{"trigger": ["load"], "display": "popover", "recontact_days": 90}"#),
            r#"{"s":{"plain":true}}"#
        );
        assert_eq!(rules(r#"{"recontact_days": 0}"#), r#"{"s":{"recontact_days":0,"plain":true}}"#);
        assert_eq!(
            rules(r#"{"trigger": ["delay:5s", "manual"], "recontact_days": 7}"#),
            r#"{"s":{"trigger":["delay:5s","manual"],"recontact_days":7,"plain":true}}"#
        );
        assert_eq!(
            rules(
                r#"{"trigger": ["click:a[href=\"/x\"]"], "sample": 0.25, "pages": {"include": ["/shop/*"], "exclude": ["*/pay"]},
                    "from": "2026-11-01", "until": "2026-11-30", "cooldown_days": 14, "display": "bar"}"#
            ),
            r#"{"s":{"trigger":["click:a[href=\"/x\"]"],"sample":0.25,"include":["/shop/*"],"exclude":["*/pay"],"from":"2026-11-01","until":"2026-11-30","cooldown_days":14,"display":"bar","plain":true}}"#
        );
    }
}
