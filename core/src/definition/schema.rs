//! The JSON Schema of a survey definition, made from the types that hold it.
//!
//! Editors use it to complete and check definitions. [`Definition::parse`] has the last word: a schema can't say that
//! ids are distinct, that a text has the survey's first language, or that a jump leads onwards.

mod forms;

pub(super) use forms::{DerivedForm, OneOrSeveral, PlainOption, Theme};

use super::{Condition, Definition, Routing, Trigger, Words};
use crate::language::Text;
use forms::{ConditionForm, RuleForm};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The JSON Schema of a survey definition, as it stands in `www/survey.schema.json`.
pub fn schema() -> Schema {
    let mut schema = schemars::schema_for!(Definition);
    if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        properties.insert("$schema".into(), serde_json::json!({ "type": "string" }));
    }
    schema
}

/// The pattern of a BCP 47 tag, which names the language of a text or a list.
const TAG: &str = "^[A-Za-z][A-Za-z0-9]{0,7}(-[A-Za-z0-9]{1,8})*$";

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, or one for each language by BCP 47 tag. {name} stands for one of `pieces`.",
            "anyOf": [
                { "type": "string", "minLength": 1, "maxLength": 2000 },
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": { "pattern": TAG, "maxLength": 35 },
                    "additionalProperties": { "type": "string", "minLength": 1, "maxLength": 2000 }
                }
            ]
        })
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Words in lower case by language; one that ends with * stands for all that begin with it.",
            "type": "object",
            "propertyNames": { "pattern": TAG, "maxLength": 35 },
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "maxItems": 100,
                "items": { "type": "string", "minLength": 1, "maxLength": 51 }
            }
        })
    }
}

impl JsonSchema for Trigger {
    fn schema_name() -> Cow<'static, str> {
        "Trigger".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What makes a survey due: load, delay:5s, scroll:50%, exit, idle:30s, click:SELECTOR, event:NAME or manual.",
            "type": "string",
            "pattern": "^(load|exit|manual|(delay|idle):[0-9]+s|scroll:[0-9]{1,3}%|click:.{1,200}|event:[A-Za-z0-9_:.-]{1,64})$"
        })
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ConditionForm::json_schema(generator)
    }
}

impl JsonSchema for Routing {
    fn schema_name() -> Cow<'static, str> {
        "Routing".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let rule = generator.subschema_for::<RuleForm>();
        json_schema!({ "type": "array", "minItems": 1, "maxItems": 50, "items": rule })
    }
}
