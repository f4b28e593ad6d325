//! A release's form, as the OpenAPI document describes it. [`Received`](puls_analysis::received::Received) reads
//! releases, and checks far more.
#![expect(dead_code, reason = "these types only describe")]

use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Counts over one or more people. Other fields are refused.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Release {
    /// `puls-release/1`.
    #[schema(pattern = "^puls-release/1$")]
    format: String,
    /// 32 hexadecimal digits of the sender's choice, by which a release that arrives twice is known.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    id: String,
    /// The survey's id.
    survey: String,
    /// The version of its definition.
    version: u32,
    /// The wave, such as `2026-W47`, `2026-11` or `2026-Q4`.
    wave: String,
    /// The segment values of the people in it, by name.
    segment: BTreeMap<String, String>,
    /// How the answers are protected, as the definition says.
    mechanism: ReleaseMechanism,
    /// How many people it sums up.
    respondents: u32,
    /// The counts of each line, by its id.
    items: BTreeMap<String, LineCounts>,
    /// Sums of products, if the survey has joint lines.
    #[schema(nullable = false)]
    joint: Option<JointCounts>,
}

/// A mechanism, as releases state it.
#[derive(ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ReleaseMechanism {
    /// Randomised before it left the page.
    Randomised {
        /// ε of the whole release.
        epsilon: f64,
    },
    /// Added up on a shared device.
    Batched {
        /// How many respondents a release sums up.
        k: u32,
    },
    /// Posted line by line.
    Direct,
}

/// The counts of one line.
#[derive(ToSchema)]
struct LineCounts {
    /// How often each answer was given, or reported, in the definition's order.
    cells: Vec<u32>,
    /// How many have no answer.
    missing: u32,
}

/// The sums of joint lines' products.
#[derive(ToSchema)]
struct JointCounts {
    /// How many people answered all joint lines.
    respondents: u32,
    /// The sums, row by row.
    products: Vec<u64>,
}
