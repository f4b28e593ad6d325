//! `cargo xtask demo`: runs a collector and, on another origin, a page that embeds Puls, until Ctrl-C.

mod host;
mod service;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use self::service::Service;
use crate::{dist, shell, workspace};

const COLLECTOR_PORT: u16 = 8787;
const HOST_PORT: u16 = 8080;
/// The results token. It only guards sample data on this machine, so it needn't be secret.
const RESULTS_TOKEN: &str = "demo";

/// The options of `demo`.
#[derive(Args)]
pub(crate) struct Options {
    /// Begin with an empty database instead of sample data
    #[arg(long)]
    empty: bool,
}

/// Builds the files for browsers and a collector, and serves them until Ctrl-C.
///
/// # Errors
///
/// If the build fails, no port is free, or the collector ends by itself.
pub(crate) fn run(options: &Options) -> Result<()> {
    println!("The demo's collector is built beside the steps that follow.");
    dist::beside(&mut service::build(), dist::web)?;
    let database = if options.empty { empty_database()? } else { sample_database()? };
    let stop = service::stop_signal()?;
    let mut collector = Service::start(COLLECTOR_PORT, RESULTS_TOKEN, &database)?;
    let host = host::serve(HOST_PORT, &collector.origin)?;
    println!();
    println!("    demo page      {host}/");
    println!("    gallery        {host}/gallery.html");
    println!("    results page   {}/results#token={RESULTS_TOKEN}", collector.origin);
    println!("    preview        {}/preview", collector.origin);
    println!("\nPress Ctrl-C to stop the demo.");
    collector.run_until(&stop)
}

fn folder() -> Result<PathBuf> {
    let folder = workspace::target().join("demo");
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    Ok(folder)
}

fn empty_database() -> Result<PathBuf> {
    let database = folder()?.join("empty.sqlite");
    for file in ["", "-wal", "-shm"].map(|suffix| format!("{}{suffix}", database.display())) {
        if Path::new(&file).exists() {
            fs::remove_file(&file).with_context(|| format!("can't remove {file}"))?;
        }
    }
    Ok(database)
}

/// Filling the database twice adds nothing, since sample releases have the same ids each time.
fn sample_database() -> Result<PathBuf> {
    let database = folder()?.join("sample.sqlite");
    shell::timed("Filling the database with sample data", || {
        shell::run(&mut service::collector("sample", &database))
    })?;
    Ok(database)
}
