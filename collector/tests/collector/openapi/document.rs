//! The document as the collector serves it.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The document.
pub(super) struct Document(Value);

/// What it says of one method on one path.
pub(super) struct Operation<'a> {
    pub(super) method: String,
    pub(super) path: &'a str,
    described: &'a Value,
    components: &'a Value,
}

impl Document {
    pub(super) fn new(document: Value) -> Self {
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
        Self(document)
    }

    /// Every operation.
    pub(super) fn operations(&self) -> Vec<Operation<'_>> {
        let components = &self.0["components"];
        let mut operations = Vec::new();
        for (path, item) in members(&self.0["paths"]) {
            operations.extend(members(item).map(|(method, described)| Operation {
                method: method.to_uppercase(),
                path,
                described,
                components,
            }));
        }
        operations
    }
}

impl Operation<'_> {
    pub(super) fn id(&self) -> &str {
        self.described["operationId"].as_str().unwrap()
    }

    /// Whether it needs the token.
    pub(super) fn is_secured(&self) -> bool {
        let schemes = self.described["security"].as_array().into_iter().flatten();
        let named = schemes.flat_map(|scheme| scheme.as_object().unwrap().keys());
        let secured = named.map(|name| &self.components["securitySchemes"][name]);
        secured.inspect(|scheme| assert_eq!(scheme["scheme"], "bearer")).count() > 0
    }

    /// The statuses of its answers.
    pub(super) fn statuses(&self) -> BTreeSet<u16> {
        members(&self.described["responses"]).map(|(status, _)| status.parse().unwrap()).collect()
    }

    /// The names of the headers that an answer has.
    pub(super) fn headers(&self, status: u16) -> Vec<&str> {
        let answer = &self.described["responses"][status.to_string()];
        answer.get("headers").into_iter().flat_map(members).map(|(name, _)| name).collect()
    }

    /// The content types of an answer, each with its schema.
    pub(super) fn contents(&self, status: u16) -> Vec<(&str, Value)> {
        let content = self.described["responses"][status.to_string()].get("content");
        let schema = |(kind, content): (_, &Value)| (kind, self.whole(&content["schema"]));
        content.into_iter().flat_map(members).map(schema).collect()
    }

    /// The schema of its body.
    pub(super) fn body(&self) -> Value {
        self.whole(&self.described["requestBody"]["content"]["application/json"]["schema"])
    }

    /// Its parameters in the query, each with a schema of an object that has just this parameter.
    pub(super) fn query(&self) -> Vec<(&str, Value)> {
        let parameters = self.described["parameters"].as_array().into_iter().flatten();
        let in_query = parameters.filter(|parameter| parameter["in"] == "query");
        let schema = |parameter: &'_ Value| {
            assert_eq!(parameter["required"], false, "{parameter}");
            let schema = &parameter["schema"];
            // The members of such an object are parameters of their own.
            let is_exploded = parameter["style"] == "form" && parameter["explode"] == true;
            if is_exploded {
                self.whole(schema)
            } else {
                named(parameter["name"].as_str().unwrap(), self.whole(schema))
            }
        };
        in_query.map(|parameter| (parameter["name"].as_str().unwrap(), schema(parameter))).collect()
    }

    /// A schema together with all that it refers to.
    fn whole(&self, schema: &Value) -> Value {
        assert!(schema.is_object(), "{} {} says nothing", self.method, self.path);
        json!({"allOf": [schema], "components": self.components})
    }
}

/// A schema of objects that have just one member.
fn named(name: &str, mut schema: Value) -> Value {
    let components = schema["components"].take();
    json!({
        "type": "object", "properties": {name: schema}, "required": [name], "additionalProperties": false,
        "components": components
    })
}

fn members(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object: &Map<String, Value> = object.as_object().unwrap();
    object.iter().map(|(name, value)| (name.as_str(), value))
}

/// What is wrong with a value, by a schema that doesn't take everything.
pub(super) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    assert!(!validator.is_valid(&Value::Null), "it takes everything: {}", schema["allOf"]);
    validator
        .iter_errors(value)
        .map(|fault| format!("{}: {}", fault.instance_path(), fault.masked()))
        .collect()
}
