use crate::definition::{Definition, LineRange};
use crate::segment::Segment;
use crate::summary::Summary;
use crate::wave::Wave;
use rand_core::TryRng;
use std::fmt::{self, Write};

/// A release as the exact text that is posted. Nothing else is ever posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    id: String,
    json: String,
}

impl Release {
    /// A release of these `lines` of a summary.
    pub(super) fn new(
        definition: &Definition,
        id: String,
        wave: Wave,
        segment: &Segment,
        summary: &Summary,
        lines: LineRange,
    ) -> Self {
        let mut json = String::new();
        // Writing to a String can't fail.
        let _ = write(&mut json, definition, &id, wave, segment, summary, lines);
        Self { id, json }
    }

    /// 128 random bits in hexadecimal, drawn for this release and derived from nothing.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The text that is posted and shown, formatted for reading: one field for each line of text.
    pub fn json(&self) -> &str {
        &self.json
    }
}

/// Writes a release by hand, since people read it. Every name in it has been checked to need no escaping.
fn write(
    json: &mut String,
    definition: &Definition,
    id: &str,
    wave: Wave,
    segment: &Segment,
    summary: &Summary,
    lines: LineRange,
) -> fmt::Result {
    let Definition { id: survey, version, privacy, .. } = definition;
    writeln!(json, "{{")?;
    writeln!(json, r#"  "format": "puls-release/1","#)?;
    writeln!(json, r#"  "id": "{id}","#)?;
    writeln!(json, r#"  "survey": "{survey}", "version": {version},"#)?;
    writeln!(json, r#"  "wave": "{wave}","#)?;
    writeln!(json, r#"  "segment": {segment},"#)?;
    writeln!(json, r#"  "mechanism": {privacy},"#)?;
    writeln!(json, r#"  "respondents": {},"#, summary.respondents())?;
    write!(json, r#"  "items": {{"#)?;
    let (counted, mut comma) = (definition.counted(), "");
    for line in lines {
        let (Some(line), Some(counts)) = (line.of(&counted), line.of(summary.items())) else { continue };
        let (id, cells, missing) = (line.id, List(counts.cells()), counts.missing());
        write!(json, "{comma}\n    \"{id}\": {{\"cells\": {cells}, \"missing\": {missing}}}")?;
        comma = ",";
    }
    if let Some(sums) = summary.joint() {
        let (respondents, products) = (sums.respondents(), List(sums.products()));
        writeln!(json, "\n  }},")?;
        return write!(json, "  \"joint\": {{\"respondents\": {respondents}, \"products\": {products}}}\n}}");
    }
    write!(json, "\n  }}\n}}")
}

/// Draws a release's id.
pub(super) fn draw_id<R: TryRng>(rng: &mut R) -> Result<String, R::Error> {
    Ok(format!("{:016x}{:016x}", rng.try_next_u64()?, rng.try_next_u64()?))
}

/// Numbers as a JSON list.
pub(super) struct List<'a>(pub(super) &'a [u64]);

impl fmt::Display for List<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, number) in self.0.iter().enumerate() {
            write!(formatter, "{}{number}", if index > 0 { "," } else { "[" })?;
        }
        formatter.write_str("]")
    }
}
