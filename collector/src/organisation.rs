//! What the organisation has told, for routes to read. An import takes effect at once, without a restart.

use crate::store::{EDITION, Imports, Store, StoreError};
use puls_analysis::organisation::{Benchmarks, Organisation, Units};
use puls_core::read::Problems;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What was read last, read again once the store has another edition.
pub(crate) struct LatestOrganisation {
    store: Arc<dyn Store>,
    last: Mutex<Last>,
}

/// By default what a store without imports has.
#[derive(Default)]
struct Last {
    edition: Option<String>,
    organisation: Arc<Organisation>,
}

impl LatestOrganisation {
    pub(crate) fn new(store: &Arc<dyn Store>) -> Self {
        Self { store: Arc::clone(store), last: Mutex::default() }
    }

    /// What the organisation has told by now.
    pub(crate) async fn get(&self) -> Result<Arc<Organisation>, StoreError> {
        let edition = self.store.setting(EDITION).await?;
        let mut last = self.last.lock().await;
        if last.edition != edition {
            let imports = self.store.imports().await?;
            let organisation = Organisation::new(imports.units(), &imports.facts, imports.benchmarks());
            *last = Last { edition: imports.edition, organisation: Arc::new(organisation) };
        }
        Ok(Arc::clone(&last.organisation))
    }
}

impl Imports {
    pub(crate) fn units(&self) -> Units {
        readable("units", self.units.as_deref(), Units::parse)
    }

    pub(crate) fn benchmarks(&self) -> Benchmarks {
        readable("benchmarks", self.benchmarks.as_deref(), Benchmarks::parse)
    }
}

/// Reads a file that was checked when it was imported; nothing, if another build has checked it and this one can't read
/// it.
fn readable<T: Default>(kind: &str, file: Option<&str>, parse: fn(&str) -> Result<T, Problems>) -> T {
    let read = file.map_or_else(|| Ok(T::default()), parse);
    read.unwrap_or_else(|problems| {
        tracing::warn!(
            "the {kind} that another build has imported can't be read, and are left out until they are imported again: {problems}"
        );
        T::default()
    })
}
