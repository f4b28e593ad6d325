//! The JSON Schema of a survey definition, made from the types that hold it.
//!
//! Editors complete and check definitions with it. [`Definition::parse`] stays the judge: a schema can't
//! say that ids are distinct or that a text has the survey's first language.

use crate::definition::{Definition, Trigger};
use crate::language::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The schema, as it stands in `www/survey.schema.json`.
pub fn definition() -> Schema {
    let mut schema = schemars::schema_for!(Definition);
    if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        properties.insert("$schema".into(), serde_json::json!({ "type": "string" }));
    }
    schema
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, or one for each language by BCP 47 tag.",
            "anyOf": [
                { "type": "string", "minLength": 1, "maxLength": 2000 },
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": { "pattern": "^[A-Za-z][A-Za-z0-9]{0,7}(-[A-Za-z0-9]{1,8})*$", "maxLength": 35 },
                    "additionalProperties": { "type": "string", "minLength": 1, "maxLength": 2000 }
                }
            ]
        })
    }
}

impl JsonSchema for Trigger {
    fn schema_name() -> Cow<'static, str> {
        "Trigger".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What makes a survey due.",
            "type": "string",
            "pattern": "^(load|manual|delay:[0-9]+s)$"
        })
    }
}
