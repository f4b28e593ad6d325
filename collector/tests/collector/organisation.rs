//! What an organisation tells besides answers, by command.

use crate::support::{Collector, NPS, options};
use puls_analysis::organisation::BenchmarkMeasure;
use puls_collector::command::import::{self, Kind, Options};
use puls_core::wave::Wave;
use std::path::Path;
use std::process::{Command, Output};

const UNITS: &str = r#"{"units": {"nordics": {}, "billing": {"part_of": "nordics"}, "sales": {"part_of": "nordics"}},
    "renamed": [{"from": "invoicing", "to": "billing", "since": "2026-Q2"}]}"#;

const FACTS: &str = "unit,wave,measure,value\n\
    invoicing,2026-Q1,headcount,12\nbilling,2026-Q2,headcount,14\nbilling,2026-Q2,margin,0.1\n";

const BENCHMARKS: &str = r#"{"benchmarks": [{"id": "sector", "survey": "enps", "line": "recommend", "measure": "score",
    "title": "Our sector", "source": "Trade association, 2025", "n": 412, "quantiles": [[10, -20], [50, 18], [90, 52]]}]}"#;

fn wave(text: &str) -> Wave {
    Wave::parse(text).unwrap()
}

/// Imports a file with this content.
async fn import(folder: &Path, kind: Kind, content: impl AsRef<[u8]>) -> Result<(), String> {
    let file = folder.join("file");
    std::fs::write(&file, content).unwrap();
    let options = Options { kind, file, database: options(folder).database, dry_run: false };
    let done = import::run(&options).await;
    // The folder's name differs from test to test.
    done.map_err(|error| error.to_string().replace(&*folder.to_string_lossy(), "FOLDER"))
}

/// Runs the program on a file with this content.
fn program(folder: &Path, kind: &str, content: &str, more: &[&str]) -> Output {
    let file = folder.join("file");
    std::fs::write(&file, content).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_puls-collector"));
    command.args(["import", kind]).arg(file).args(["--database", &options(folder).database]).args(more);
    command.output().unwrap()
}

fn said(output: &Output) -> (bool, String) {
    let said = if output.status.success() { &output.stdout } else { &output.stderr };
    (output.status.success(), String::from_utf8(said.clone()).unwrap())
}

#[tokio::test]
async fn a_running_collector_goes_by_what_is_imported() {
    let collector = Collector::serving(&[NPS]).await;
    let folder = collector.folder.path();
    let nothing = collector.organisation().await;
    assert_eq!(nothing.units.present_name("invoicing", wave("2026-03")), "invoicing");
    import(folder, Kind::Facts, FACTS).await.unwrap();
    let told = collector.organisation().await;
    assert_eq!(told.facts.headcount("invoicing", wave("2026-03")), Some(12));
    import(folder, Kind::Units, UNITS).await.unwrap();
    import(folder, Kind::Benchmarks, BENCHMARKS).await.unwrap();
    let told = collector.organisation().await;
    assert_eq!(told.units.present_name("invoicing", wave("2026-03")), "billing");
    assert_eq!(told.units.members("nordics").collect::<Vec<_>>(), ["billing", "sales"]);
    let headcounts =
        ["2025-12", "2026-03", "2026-11"].map(|text| told.facts.headcount("billing", wave(text)));
    assert_eq!(headcounts, [None, Some(12), Some(14)]);
    assert_eq!(told.facts.value("billing", wave("2026-Q2"), "margin"), Some(0.1));
    assert_eq!(told.benchmarks.of("enps", "recommend", BenchmarkMeasure::Score).count(), 1);
    // Nothing is read again as long as nothing is imported.
    assert!(std::ptr::eq(&raw const *told, &raw const *collector.organisation().await));
    // Another one finds the same.
    let collector = Collector::in_folder(collector.stop().await).await;
    assert_eq!(collector.organisation().await, told);
}

#[tokio::test]
async fn the_program_says_what_changes() {
    let collector = Collector::serving(&[NPS]).await;
    let folder = collector.folder.path();
    let dry = program(folder, "units", UNITS, &["--dry-run"]);
    let new = "units: 3 new, 0 changed, 0 taken out, 0 as before\nrenamed: 1 new, 0 changed, 0 taken out, 0 as before\n";
    assert_eq!(said(&dry), (true, format!("{new}nothing is changed, since this is a dry run\n")));
    assert!(collector.organisation().await.units.iter().next().is_none());
    assert_eq!(said(&program(folder, "units", UNITS, &[])), (true, new.to_owned()));
    let changed = r#"{"units": {"nordics": {}, "billing": {}, "support": {}}}"#;
    let units = "units: 1 new, 1 changed, 1 taken out, 1 as before\nrenamed: 0 new, 0 changed, 1 taken out, 0 as before\n";
    assert_eq!(said(&program(folder, "units", changed, &[])), (true, units.to_owned()));
    assert_eq!(collector.organisation().await.units.renamed().count(), 0);

    let facts = "facts: 3 new, 0 changed, 0 taken out, 0 as before\n";
    assert_eq!(said(&program(folder, "facts", FACTS, &[])), (true, facts.to_owned()));
    let some = "unit,wave,measure,value\nbilling,2026-Q2,margin,0.1\nbilling,2026-Q2,headcount,15\nsales,2026-Q2,absence,-1e-3\n";
    let facts = "facts: 1 new, 1 changed, 0 taken out, 1 as before\n";
    assert_eq!(said(&program(folder, "facts", some, &[])), (true, facts.to_owned()));
    let known = collector.organisation().await.facts.clone();
    assert_eq!(known.iter().count(), 4, "what the file doesn't have stays");
    assert_eq!(known.headcount("billing", wave("2026-Q2")), Some(15));
    assert_eq!(known.value("sales", wave("2026-Q2"), "absence"), Some(-0.001));

    let benchmarks = "benchmarks: 1 new, 0 changed, 0 taken out, 0 as before\n";
    assert_eq!(said(&program(folder, "benchmarks", BENCHMARKS, &[])), (true, benchmarks.to_owned()));
    let benchmarks = "benchmarks: 0 new, 0 changed, 1 taken out, 0 as before\n";
    let none = r#"{"benchmarks": []}"#;
    assert_eq!(said(&program(folder, "benchmarks", none, &[])), (true, benchmarks.to_owned()));
}

#[tokio::test]
async fn a_file_with_mistakes_changes_nothing() {
    let collector = Collector::serving(&[NPS]).await;
    let folder = collector.folder.path();
    for (kind, content) in [(Kind::Units, UNITS), (Kind::Facts, FACTS), (Kind::Benchmarks, BENCHMARKS)] {
        import(folder, kind, format!("\u{feff}{content}")).await.unwrap();
    }
    let before = collector.organisation().await;
    let line = "sales,2026-Q2,headcount,30";
    let many: String =
        (0..100_000).map(|number| format!("unit{number},2026-Q2,headcount,{number}\n")).collect();
    let mut refusals = String::new();
    for (kind, content) in [
        (
            Kind::Units,
            r#"{"units": {"a": {"part_of": "b"}, "b": {"part_of": "a"}, "c": {"part_of": "d"}}}"#.to_owned(),
        ),
        (Kind::Units, UNITS.replace("2026-Q2", "2026-Q7")),
        (Kind::Units, UNITS[..100].to_owned()),
        (Kind::Facts, format!("unit,wave,value\n{line}")),
        (Kind::Facts, format!("{FACTS}{line}\nsales,2026-W54,margin,\"0,1\"\nsales;2026-Q2;margin;0,1")),
        (Kind::Facts, format!("{FACTS}{line}\nsales,2026")),
        (Kind::Facts, format!("{FACTS}{many}")),
        (Kind::Benchmarks, BENCHMARKS.replace("\"n\": 412,", "").replace("[50, 18]", "[5, 18]")),
    ] {
        refusals += &format!("{}\n", import(folder, kind, content).await.unwrap_err());
    }
    refusals += &format!("{}\n", import(folder, Kind::Benchmarks, b"\xff\xfe{}").await.unwrap_err());
    insta::assert_snapshot!(refusals);
    let (done, told) = said(&program(folder, "facts", "unit,wave\n", &[]));
    assert!(
        !done
            && told.ends_with(
                "the header is \"unit,wave\"; it has to be unit,wave,measure,value, with commas in between\n"
            ),
        "{told}"
    );
    assert_eq!(collector.organisation().await, before);
    let missing = Options {
        kind: Kind::Units,
        file: folder.join("none"),
        database: options(folder).database,
        dry_run: false,
    };
    let missing = import::run(&missing).await.unwrap_err().to_string();
    assert!(missing.starts_with("can't read ") && missing.contains("none: "), "{missing}");
}

/// SQLite fails at one of the last facts, of which several statements add thousands.
#[tokio::test]
async fn nothing_is_half_done() {
    let collector = Collector::serving(&[NPS]).await;
    let folder = collector.folder.path();
    import(folder, Kind::Facts, FACTS).await.unwrap();
    let before = collector.organisation().await;
    let pool = sqlx::SqlitePool::connect(&options(folder).database).await.unwrap();
    let fails = "CREATE TRIGGER fails BEFORE INSERT ON facts WHEN NEW.unit = 'unit9000'
                 BEGIN SELECT RAISE(ABORT, 'as a full disk would'); END";
    sqlx::raw_sql(fails).execute(&pool).await.unwrap();
    let lines: String = (1_000..9_500).map(|number| format!("unit{number},2026-Q2,headcount,1\n")).collect();
    let failed = import(folder, Kind::Facts, format!("{FACTS}{lines}")).await.unwrap_err();
    assert!(failed.contains("as a full disk would"), "{failed}");
    let facts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM facts").fetch_one(&pool).await.unwrap();
    pool.close().await;
    assert_eq!((facts, &collector.organisation().await), (3, &before));
}

#[tokio::test]
async fn a_hundred_thousand_facts_are_imported_twice() {
    let collector = Collector::serving(&[NPS]).await;
    let folder = collector.folder.path();
    let line = |number: usize| {
        format!("unit{},2026-{:02},margin,{}\n", number % 10_000, 1 + number / 10_000, number as f64 / 7.0)
    };
    let lines: String = (0..100_000).map(line).collect();
    let file = format!("unit,wave,measure,value\n{lines}");
    let facts = |new, same| (true, format!("facts: {new} new, 0 changed, 0 taken out, {same} as before\n"));
    assert_eq!(said(&program(folder, "facts", &file, &[])), facts(100_000, 0));
    // Each number is kept to its last bit, so none of them has changed.
    assert_eq!(said(&program(folder, "facts", &file, &[])), facts(0, 100_000));
    assert_eq!(
        collector.organisation().await.facts.value("unit9", wave("2026-03"), "margin"),
        Some(20_009.0 / 7.0)
    );
}
