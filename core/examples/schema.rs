//! Prints the JSON Schema of survey definitions; `cargo xtask schema` writes it to `www/survey.schema.json`.

fn main() -> Result<(), serde_json::Error> {
    serde_json::to_writer_pretty(std::io::stdout(), &puls_core::definition::schema())
}
