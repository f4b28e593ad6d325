//! How the author looks at a survey, and the script tag that shows it like that on a page.

use puls_core::definition::{Definition, Display, Preset};
use serde_json::json;

/// A choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    /// The reader's own setting.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What the author has chosen to look at. `None` leaves the choice to the definition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Look {
    /// Where the survey appears.
    pub(crate) display: Option<Display>,
    /// One of the survey's languages.
    pub(crate) language: Option<String>,
    /// The colours.
    pub(crate) theme: Theme,
    /// The preset of its looks.
    pub(crate) preset: Option<Preset>,
    /// Whether the screen is as narrow as a phone's.
    pub(crate) phone: bool,
}

impl Theme {
    /// All themes by name.
    pub(crate) const NAMES: [(&'static str, Self); 3] =
        [("auto", Self::Auto), ("light", Self::Light), ("dark", Self::Dark)];

    /// The theme with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, theme)| *theme)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, theme)| *theme == self).map_or("", |(name, _)| name)
    }
}

impl Look {
    /// The language of the texts: one that the survey has.
    pub(crate) fn language<'a>(&'a self, definition: &'a Definition) -> &'a str {
        definition.language(self.language.as_deref().unwrap_or_default())
    }

    /// The query of a request for pictures, such as `?lang=sv&width=phone`.
    pub(crate) fn query(&self, definition: &Definition) -> String {
        let mut query = format!("?lang={}", self.language(definition));
        if let Some(preset) = self.preset {
            query += &format!("&preset={}", preset.name());
        }
        query += if self.phone { "&width=phone" } else { "" };
        query
    }

    /// The attributes of `<puls-survey>` that differ from what the definition says.
    fn attributes(&self, definition: &Definition) -> Vec<(&'static str, &str)> {
        let language = self.language.as_deref().filter(|_| definition.languages.len() > 1);
        let theme = Some(self.theme.name()).filter(|_| self.theme != Theme::Auto);
        let all = [
            ("display", self.display.map(Display::name)),
            ("lang", language),
            ("theme", theme),
            ("preset", self.preset.map(Preset::name)),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The script tag that shows the survey like this.
    pub(crate) fn snippet(&self, definition: &Definition, origin: &str) -> String {
        let mut tag = format!("<script async src=\"{origin}/puls.js\" data-survey=\"{}\"", definition.id);
        for (name, value) in self.attributes(definition) {
            tag += &format!(" data-{name}=\"{value}\"");
        }
        tag + "></script>"
    }

    /// The message to the frame: the definition's text, and how to show it.
    pub(crate) fn message(&self, definition: &Definition, text: &str) -> String {
        let mut attributes = serde_json::Map::new();
        for (name, value) in self.attributes(definition) {
            attributes.insert(name.to_owned(), json!(value));
        }
        attributes.insert("lang".to_owned(), json!(self.language(definition)));
        json!({ "definition": text, "theme": self.theme.name(), "attributes": attributes }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"id": "s-1", "version": 1, "audience": "customer", "languages": ["en", "sv"], "title": "S",
        "items": [{"id": "recommend", "kind": "net_promoter", "text": "?"}]}"#;

    #[test]
    fn only_what_was_chosen_is_said() {
        let definition = Definition::parse(TEXT).unwrap();
        let plain = Look::default();
        assert_eq!(
            plain.snippet(&definition, "https://surveys.example.com"),
            r#"<script async src="https://surveys.example.com/puls.js" data-survey="s-1"></script>"#
        );
        assert_eq!(plain.query(&definition), "?lang=en");
        let chosen = Look {
            display: Some(Display::Bar),
            language: Some("sv".to_owned()),
            theme: Theme::Dark,
            preset: Some(Preset::Bright),
            phone: true,
        };
        assert_eq!(
            chosen.snippet(&definition, ""),
            r#"<script async src="/puls.js" data-survey="s-1" data-display="bar" data-lang="sv" data-theme="dark" data-preset="bright"></script>"#
        );
        assert_eq!(chosen.query(&definition), "?lang=sv&preset=bright&width=phone");
        assert!(
            chosen
                .message(&definition, "{}")
                .starts_with(r#"{"definition":"{}","theme":"dark","attributes":{"#)
        );
    }
}
