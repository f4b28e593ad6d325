//! Secret-shared reports as a WebAssembly module: what the page calls around its own HPKE, and nothing else.

mod given;

use puls_sealed::{Dap09, HpkeConfig, Measurement, Metadata, Report as Shared, Role, Sealed, Version};
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

const ID_BYTES: usize = 16;
const KEY_BYTES: usize = 32;

/// Chooses a key out of an aggregator's list of HPKE configurations: its id, and 32 bytes.
#[wasm_bindgen]
pub fn key(list: &[u8]) -> Option<Vec<u8>> {
    HpkeConfig::choose(list).map(|config| [&[config.id], &config.public_key[..]].concat())
}

/// HPKE's `info` for a share of the leader's, or of the helper's.
#[wasm_bindgen]
pub fn info(helper: bool) -> Vec<u8> {
    Dap09::info(role(helper))
}

/// An answer in two shares, which wait to be sealed.
#[wasm_bindgen]
pub struct Report(Shared<Dap09>);

#[wasm_bindgen]
impl Report {
    /// Splits an answer, given as a number of so many `bits` for each cell; where these are 0, as a 1 for the one cell
    /// that is answered, and a 0 for every other.
    ///
    /// Takes the task's 32 bytes, two times in seconds, and 96 random bytes, the first 16 of which are the report's id.
    /// Gives nothing where any of this doesn't fit.
    pub fn split(
        task: &[u8],
        now_s: u32,
        precision_s: u32,
        cells: &[u32],
        bits: u32,
        random: &[u8],
    ) -> Option<Report> {
        let (id, seeds) = random.split_first_chunk::<ID_BYTES>()?;
        given::give(seeds);
        let metadata = Metadata::of(*id, now_s.into(), precision_s.into());
        let measurement = Measurement::of(cells, bits)?;
        Shared::new(task.try_into().ok()?, metadata, &measurement).ok().map(Report)
    }

    /// The only time that is told, in seconds since 1970-01-01.
    pub fn time(&self) -> f64 {
        self.0.metadata().time_s as f64
    }

    /// What is sealed for the leader, or for the helper.
    pub fn plaintext(&self, helper: bool) -> Vec<u8> {
        self.0.plaintext(role(helper))
    }

    /// HPKE's `aad` for both.
    pub fn associated_data(&self) -> Vec<u8> {
        self.0.associated_data()
    }

    /// The message that is uploaded. What is sealed begins with the encapsulated key.
    pub fn message(self, leader_id: u8, leader: &[u8], helper_id: u8, helper: &[u8]) -> Option<Vec<u8>> {
        Some(self.0.message(sealed(leader_id, leader)?, sealed(helper_id, helper)?))
    }
}

fn role(helper: bool) -> Role {
    if helper { Role::Helper } else { Role::Leader }
}

fn sealed(config_id: u8, bytes: &[u8]) -> Option<Sealed<'_>> {
    let (encapsulated_key, payload) = bytes.split_at_checked(KEY_BYTES)?;
    Some(Sealed { config_id, encapsulated_key, payload })
}
