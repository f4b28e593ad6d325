use crate::support::{Collector, id};
use puls_documents::{Document, batched, rating, survey};
use serde_json::{Value, json};
use std::path::Path;

fn pairs() -> Document {
    survey("pairs")
        .item(rating("a", 3))
        .item(rating("b", 3).with("reverse", true))
        .with("joint", ["a", "b"])
        .privacy(batched(4))
}

/// Four people: 1 and 3, 1 and 2, 2 and 2, 3 and 1.
fn release(number: usize, version: u32) -> Value {
    json!({
        "format": "puls-release/1", "id": id(number), "survey": "pairs", "version": version, "wave": "2026-11",
        "segment": {}, "mechanism": {"kind": "batched", "k": 4}, "respondents": 4,
        "items": {"a": {"cells": [2, 1, 1], "missing": 0}, "b": {"cells": [1, 2, 1], "missing": 0}},
        "joint": {"respondents": 4, "products": [4, 3, 4, 5, 1, 6]}
    })
}

async fn joint(collector: &Collector) -> Value {
    collector.read("/v1/surveys/pairs/results").await["joint"].clone()
}

#[tokio::test]
async fn sums_of_products_add_up_and_few_are_withheld() {
    let collector = Collector::serving(&[&pairs().to_string()]).await;
    assert_eq!(joint(&collector).await["respondents"], 0);
    for number in 0..2 {
        collector.accept(&release(number, 1)).await;
    }
    assert_eq!(
        joint(&collector).await,
        json!({"lines": ["a", "b"], "respondents": 0, "withheld": "too_few", "correlations": [], "alpha": null, "reliability": []})
    );
    // One that has come before changes nothing.
    for number in 1..5 {
        collector.accept(&release(number, 1)).await;
    }
    let told = joint(&collector).await;
    assert_eq!((&told["respondents"], &told["withheld"]), (&json!(20), &Value::Null));
    // Covariance −2/4 of variances 11/16 and 8/16, turned round.
    let correlation = told["correlations"][0][1]["value"].as_f64().unwrap();
    assert!((correlation - 8.0 / 88_f64.sqrt()).abs() < 1e-9, "{told}");
    assert_eq!(told["correlations"][1][0], told["correlations"][0][1]);
    assert!(told["alpha"]["low"].as_f64() < told["alpha"]["value"].as_f64());
    // Of two lines, either has the other for all others.
    let of_line = json!({"item_rest": told["correlations"][0][1], "alpha_without": null});
    assert_eq!(told["reliability"], json!([of_line, of_line]));
}

#[tokio::test]
async fn versions_add_up_where_the_same_lines_are_joint() {
    let collector = Collector::serving(&[&pairs().to_string()]).await;
    for number in 0..3 {
        collector.accept(&release(number, 1)).await;
    }
    let folder = collector.stop().await;
    let serve = |folder: &Path, version: u32, joint: [&str; 2]| {
        let changed = pairs().with("version", version).with("joint", joint);
        std::fs::write(folder.join("surveys/0.json"), changed.to_string()).unwrap();
    };
    serve(folder.path(), 2, ["a", "b"]);
    let collector = Collector::in_folder(folder).await;
    for number in 3..6 {
        collector.accept(&release(number, 2)).await;
    }
    assert_eq!(joint(&collector).await["respondents"], 24);
    let folder = collector.stop().await;
    serve(folder.path(), 3, ["b", "a"]);
    let collector = Collector::in_folder(folder).await;
    assert_eq!(joint(&collector).await["respondents"], 0, "products in another order are others");
}
