//! Surveys made up by chance, the same each time: all kinds of items, mechanisms and tiers.

use super::items::{condition, item, scales};
use super::people::Lopsided;
use super::{below, one_of};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Map, Value, json};

/// How many surveys there are.
pub(super) const SURVEYS: usize = 200;

/// A survey, and how lopsided its respondents are.
pub(super) struct Made {
    pub(super) definition: Value,
    pub(super) lopsided: Lopsided,
    pub(super) rng: ChaCha12Rng,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Batched,
    Direct,
    Randomised,
}

/// Whom the items are asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Some may be skipped, or are asked on a condition.
    Some,
    /// The same, and each respondent is asked all items but one.
    Sample,
    /// The same, and nothing else is missing: whoever isn't drawn is plainly missing under `randomised`, so nobody else may be.
    PlainSample,
    /// All may be skipped.
    WhoeverLikes,
}

/// The survey of this number.
pub(super) fn survey(number: usize) -> Made {
    let mut rng = ChaCha12Rng::seed_from_u64(number as u64);
    let way = [Way::Batched, Way::Direct, Way::Randomised][number % 3];
    let lopsided = Lopsided::ALL[number / 3 % Lopsided::ALL.len()];
    let asked = Asked::of(way, lopsided, &mut rng);
    let items = asked.items(way, &mut rng);
    let mut definition = json!({
        "id": format!("s{number}"), "version": 1, "audience": "employee", "languages": ["en"], "title": "?",
        "items": items, "privacy": way.privacy(&mut rng), "wave": "month",
    });
    match asked {
        Asked::Sample | Asked::PlainSample => definition["sample"] = json!(items.len() - 1),
        Asked::Some | Asked::WhoeverLikes => definition["derived"] = derived(&items, &mut rng),
    }
    if below(2, &mut rng) == 0 {
        definition["segments"] = segments(&mut rng);
    }
    add_exact(&mut definition, way, &mut rng);
    Made { definition, lopsided, rng }
}

/// What surveys have whose answers are counted as they are.
fn add_exact(definition: &mut Value, way: Way, rng: &mut ChaCha12Rng) {
    if way != Way::Randomised && below(3, rng) > 0 {
        definition["withhold"] = withhold(rng);
    }
    if way == Way::Direct && definition["segments"].is_object() {
        // Or so few people would never be told of by group.
        definition["withhold"]["whole"] = json!(one_of(&[8, 12, 20], rng));
    }
    let scales = scales(definition["items"].as_array().unwrap());
    if way == Way::Batched && scales.len() > 1 {
        definition["joint"] = scales.iter().take(4).map(|scale| scale.id.clone()).collect();
    }
}

impl Way {
    fn privacy(self, rng: &mut ChaCha12Rng) -> Value {
        match self {
            Self::Batched => {
                json!({"kind": "batched", "k": one_of(&[3, 3, 4, 5, 8, 20], rng), "device": "shared"})
            }
            Self::Direct => json!({"kind": "direct", "trust": "endpoint"}),
            Self::Randomised => {
                json!({"kind": "randomised", "epsilon": one_of(&[0.5, 1.0, 2.0, 3.5, 8.0], rng)})
            }
        }
    }
}

impl Asked {
    fn of(way: Way, lopsided: Lopsided, rng: &mut ChaCha12Rng) -> Self {
        match (lopsided.skips(), below(6, rng), way) {
            (true, ..) => Self::WhoeverLikes,
            (false, 0, Way::Randomised) => Self::PlainSample,
            (false, 0, _) => Self::Sample,
            _ => Self::Some,
        }
    }

    fn items(self, way: Way, rng: &mut ChaCha12Rng) -> Vec<Value> {
        // Each line of each person is a release of its own under `direct`.
        let count = 2 + below(if way == Way::Direct { 3 } else { 4 }, rng);
        let mut items = Vec::new();
        for number in 0..count {
            let mut item = item(&format!("i{number}"), rng);
            if self.may_skip(rng) {
                item["required"] = json!(false);
            }
            if self != Self::PlainSample && number > 0 && below(6, rng) == 0 {
                item["when"] = condition(&items, rng);
            }
            items.push(item);
        }
        items
    }

    fn may_skip(self, rng: &mut ChaCha12Rng) -> bool {
        match self {
            Self::WhoeverLikes => true,
            Self::PlainSample => false,
            Self::Some | Self::Sample => below(4, rng) == 0,
        }
    }
}

fn segments(rng: &mut ChaCha12Rng) -> Value {
    one_of(&[json!({"unit": ["a", "b", "c"]}), json!({"unit": ["a", "b"], "site": ["x", "y"]})], rng).clone()
}

/// Some tiers, mostly higher than usual, but for the whole.
fn withhold(rng: &mut ChaCha12Rng) -> Value {
    let tiers = [
        ("score", [3, 4, 6, 12]),
        ("favourable", [5, 6, 9, 15]),
        ("points", [8, 10, 14, 30]),
        ("themes", [5, 10, 20, 25]),
        ("whole", [10, 20, 30, 50]),
        ("group", [5, 5, 6, 8]),
    ];
    let mut chosen = Map::new();
    for (tier, values) in tiers {
        if below(2, rng) == 0 {
            chosen.insert(tier.to_owned(), json!(one_of(&values, rng)));
        }
    }
    Value::Object(chosen)
}

/// Indices of all scales with the same number of points, a class of the first and the last of them, and a share.
fn derived(items: &[Value], rng: &mut ChaCha12Rng) -> Value {
    let mut derived = Map::new();
    for points in 2..=10 {
        let fits = scales(items).into_iter().filter(|scale| scale.has_points && scale.ends == (1, points));
        let ids: Vec<String> = fits.map(|scale| scale.id).collect();
        if !ids.is_empty() && below(3, rng) > 0 {
            derived.insert(format!("x{points}"), json!({"kind": "index", "items": ids}));
        }
    }
    let indices: Vec<String> = derived.keys().cloned().collect();
    if let [energy, .., clarity] = &indices[..] {
        derived.insert("state".to_owned(), json!({"kind": "class", "energy": energy, "clarity": clarity}));
    }
    if below(2, rng) == 0 {
        derived.insert("loyal".to_owned(), json!({"kind": "share", "when": parts(items, rng)}));
    }
    Value::Object(derived)
}

fn parts(items: &[Value], rng: &mut ChaCha12Rng) -> Value {
    let parts = [condition(items, rng), condition(items, rng)];
    let [first, _] = &parts;
    one_of(&[json!({"all": parts}), json!({"any": parts}), first.clone()], rng).clone()
}
