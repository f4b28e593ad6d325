//! Surveys made up by chance, the same each time: all kinds of items, mechanisms and tiers.

use super::people::Lopsided;
use super::{below, one_of};
use rand_chacha::ChaCha12Rng;
use rand_core::SeedableRng;
use serde_json::{Map, Value, json};

/// How many surveys there are.
pub(super) const SURVEYS: usize = 200;

const BATCHED: u32 = 0;
const DIRECT: u32 = 1;

/// A survey, and how lopsided its respondents are.
pub(super) struct Made {
    pub(super) definition: Value,
    pub(super) lopsided: Lopsided,
    pub(super) rng: ChaCha12Rng,
}

/// The survey of this number.
pub(super) fn survey(number: usize) -> Made {
    let mut rng = ChaCha12Rng::seed_from_u64(number as u64);
    let mechanism = u32::try_from(number % 3).unwrap();
    let lopsided = Lopsided::ALL[number / 3 % Lopsided::ALL.len()];
    let mut draft = Draft { rng: &mut rng, may_skip: lopsided.skips(), items: Vec::new() };
    let is_sampled = draft.draw_items(mechanism);
    let items = draft.items;
    let mut definition = json!({
        "id": format!("s{number}"), "version": 1, "audience": "employee", "languages": ["en"], "title": "?",
        "items": items, "privacy": privacy(mechanism, &mut rng), "wave": "month",
    });
    if is_sampled {
        definition["sample"] = json!(items.len() - 1);
    } else {
        definition["derived"] = derived(&items, &mut rng);
    }
    if below(2, &mut rng) == 0 {
        definition["segments"] = segments(&mut rng);
    }
    if mechanism <= DIRECT && below(3, &mut rng) > 0 {
        definition["withhold"] = withhold(&mut rng);
    }
    if mechanism == DIRECT && definition["segments"].is_object() {
        // Or no group would ever be told.
        definition["withhold"]["whole"] = json!(one_of(&[8, 12, 20], &mut rng));
    }
    let lines = scales(&items, |_| true);
    if mechanism == BATCHED && lines.len() > 1 {
        definition["joint"] = lines.iter().take(4).map(|line| line.id.clone()).collect();
    }
    Made { definition, lopsided, rng }
}

fn privacy(mechanism: u32, rng: &mut ChaCha12Rng) -> Value {
    match mechanism {
        BATCHED => json!({"kind": "batched", "k": one_of(&[3, 3, 4, 5, 8, 20], rng), "device": "shared"}),
        DIRECT => json!({"kind": "direct", "trust": "endpoint"}),
        _ => json!({"kind": "randomised", "epsilon": one_of(&[0.5, 1.0, 2.0, 3.5, 8.0], rng)}),
    }
}

fn segments(rng: &mut ChaCha12Rng) -> Value {
    match below(2, rng) {
        0 => json!({"unit": ["a", "b", "c"]}),
        _ => json!({"unit": ["a", "b"], "site": ["x", "y"]}),
    }
}

/// Some tiers, mostly higher than usual, but for the whole.
fn withhold(rng: &mut ChaCha12Rng) -> Value {
    let mut tiers = Map::new();
    for (tier, values) in [
        ("score", [3, 4, 6, 12]),
        ("favourable", [5, 6, 9, 15]),
        ("points", [8, 10, 14, 30]),
        ("themes", [5, 10, 20, 25]),
        ("whole", [10, 20, 30, 50]),
        ("group", [5, 5, 6, 8]),
    ] {
        if below(2, rng) == 0 {
            tiers.insert(tier.to_owned(), json!(one_of(&values, rng)));
        }
    }
    Value::Object(tiers)
}

struct Draft<'a> {
    rng: &'a mut ChaCha12Rng,
    may_skip: bool,
    items: Vec<Value>,
}

impl Draft<'_> {
    /// Two to five items, of which a sample is drawn now and then.
    fn draw_items(&mut self, mechanism: u32) -> bool {
        // Each line of each person is a release of its own under `direct`.
        let count = 2 + below(if mechanism == DIRECT { 3 } else { 4 }, self.rng);
        let is_sampled = !self.may_skip && below(6, self.rng) == 0;
        for number in 0..count {
            let item = self.draw_item(number);
            self.items.push(item);
            // Whoever isn't drawn is plainly missing under `randomised`, so nobody else may be.
            let is_plain = is_sampled && mechanism > DIRECT;
            self.draw_absence(is_plain);
        }
        is_sampled
    }

    fn draw_item(&mut self, number: usize) -> Value {
        let id = format!("i{number}");
        let options = |most: usize, rng: &mut ChaCha12Rng| -> Vec<Value> {
            (0..2 + below(most - 1, rng))
                .map(|option| json!({"id": format!("o{option}"), "text": "?"}))
                .collect()
        };
        let rng = &mut *self.rng;
        match below(10, rng) {
            0 | 1 => json!({"id": id, "kind": "net_promoter", "text": "?"}),
            2..5 => {
                json!({"id": id, "kind": "rating", "text": "?", "reverse": below(3, rng) == 0,
                    "scale": {"points": one_of(&[2, 3, 4, 5, 5, 6, 7, 8, 9, 10], rng)}})
            }
            5 => {
                json!({"id": id, "kind": "agreement", "text": "?", "reverse": below(3, rng) == 0, "scale": {"points": one_of(&[5, 7], rng)}})
            }
            6 => matrix(&id, rng),
            7 => match below(2, rng) {
                0 => json!({"id": id, "kind": "choice", "text": "?", "options": options(5, rng)}),
                _ => {
                    json!({"id": id, "kind": "choices", "text": "?", "options": options(3, rng), "none": {"id": "none", "text": "?"}})
                }
            },
            8 => {
                let mut themes = options(4, rng);
                themes.iter_mut().for_each(|theme| theme["words"] = json!({"en": ["word"]}));
                json!({"id": id, "kind": "open_text", "text": "?", "themes": themes})
            }
            _ => {
                json!({"id": id, "kind": "count", "text": "?", "most": one_of(&[1, 4, 6, 9, 12, 30], rng)})
            }
        }
    }

    /// The last item may be skipped, or is asked on a condition.
    fn draw_absence(&mut self, is_plain: bool) {
        let (last, before) = self.items.split_last_mut().unwrap();
        if self.may_skip || !is_plain && below(4, self.rng) == 0 {
            last["required"] = json!(false);
        }
        if !is_plain && !before.is_empty() && below(6, self.rng) == 0 {
            last["when"] = condition(before, self.rng);
        }
    }
}

fn matrix(id: &str, rng: &mut ChaCha12Rng) -> Value {
    let statement = |number: usize, rng: &mut ChaCha12Rng| json!({"id": format!("{id}-{number}"), "text": "?", "reverse": below(3, rng) == 0});
    let statements: Vec<Value> = (0..2 + below(2, rng)).map(|number| statement(number, rng)).collect();
    json!({"id": id, "kind": "matrix", "text": "?", "scale": {"points": one_of(&[5, 7], rng)}, "statements": statements})
}

/// A scale that is asked: an item or a statement.
struct Scale {
    id: String,
    kind: String,
    last: u64,
}

fn scales(items: &[Value], fits: impl Fn(&Scale) -> bool) -> Vec<Scale> {
    let of = |item: &Value| {
        let kind = item["kind"].as_str().unwrap().to_owned();
        let last = match &kind[..] {
            "net_promoter" => 10,
            "count" => item["most"].as_u64().unwrap(),
            "rating" | "agreement" | "matrix" => item["scale"]["points"].as_u64().unwrap() - 1,
            _ => return Vec::new(),
        };
        let ids = item["statements"]
            .as_array()
            .map_or_else(|| vec![&item["id"]], |all| all.iter().map(|one| &one["id"]).collect());
        let scale = |id: &Value| Scale { id: id.as_str().unwrap().to_owned(), kind: kind.clone(), last };
        ids.into_iter().map(scale).collect()
    };
    items.iter().flat_map(of).filter(fits).collect()
}

/// One that looks at a scale, if there is one, and else at whether there is an answer.
fn condition(items: &[Value], rng: &mut ChaCha12Rng) -> Value {
    let scales = scales(items, |_| true);
    if scales.is_empty() || below(3, rng) == 0 {
        return json!({"item": items[below(items.len(), rng)]["id"], "answered": true});
    }
    let scale = &scales[below(scales.len(), rng)];
    let lowest = u64::from(!["net_promoter", "count"].contains(&&scale.kind[..]));
    json!({"item": scale.id, "at_least": lowest + 1 + below(usize::try_from(scale.last).unwrap(), rng) as u64})
}

/// Indices of all scales with the same number of points, a class of the first and the last of them, and a share.
fn derived(items: &[Value], rng: &mut ChaCha12Rng) -> Value {
    let mut derived = Map::new();
    let pointed = |last: u64| {
        scales(items, |scale| {
            scale.last == last && ["rating", "agreement", "matrix"].contains(&&scale.kind[..])
        })
    };
    for last in 1..10 {
        let ids: Vec<String> = pointed(last).into_iter().map(|scale| scale.id).collect();
        if !ids.is_empty() && below(3, rng) > 0 {
            derived.insert(format!("x{last}"), json!({"kind": "index", "items": ids}));
        }
    }
    let indices: Vec<String> = derived.keys().cloned().collect();
    if let [energy, .., clarity] = &indices[..] {
        derived.insert("state".to_owned(), json!({"kind": "class", "energy": energy, "clarity": clarity}));
    }
    let parts = [condition(items, rng), condition(items, rng)];
    let when = match below(3, rng) {
        0 => json!({"all": parts}),
        1 => json!({"any": parts}),
        _ => parts[0].clone(),
    };
    if below(2, rng) == 0 {
        derived.insert("loyal".to_owned(), json!({"kind": "share", "when": when}));
    }
    Value::Object(derived)
}
