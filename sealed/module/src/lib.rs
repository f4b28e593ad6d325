//! Secret-shared reports as a WebAssembly module. It has what the page needs besides its own HPKE, and nothing else.

mod given;

use puls_sealed::{Dap09, HpkeConfig, Measurement, Metadata, Report as Shared, Role, Sealed, Version};
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

const ID_BYTES: usize = 16;
const KEY_BYTES: usize = 32;

/// Chooses a key from an aggregator's list of HPKE configurations. Returns its id, in one byte, and its 32 bytes.
#[wasm_bindgen]
pub fn key(list: &[u8]) -> Option<Vec<u8>> {
    HpkeConfig::choose(list).map(|config| [&[config.id], &config.public_key[..]].concat())
}

/// HPKE's `info` for the leader's share, or for the helper's.
#[wasm_bindgen]
pub fn info(helper: bool) -> Vec<u8> {
    Dap09::info(role(helper))
}

/// An answer split into two shares, which still have to be sealed.
#[wasm_bindgen]
pub struct Report(Shared<Dap09>);

#[wasm_bindgen]
impl Report {
    /// Splits an answer, which is given as a number of at most `bits` bits for each cell. If `bits` is 0, it is given
    /// as a 1 for the answered cell and a 0 for each other one.
    ///
    /// Takes the task's id of 32 bytes, the time and the task's precision in seconds, and 96 random bytes, of which the
    /// first 16 are the report's id. Returns nothing if any of this doesn't fit.
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

    /// The report's rounded time, in seconds since 1970-01-01. No other time is sent.
    pub fn time(&self) -> f64 {
        self.0.metadata().time_s as f64
    }

    /// The plaintext to seal for the leader, or for the helper.
    pub fn plaintext(&self, helper: bool) -> Vec<u8> {
        self.0.plaintext(role(helper))
    }

    /// HPKE's `aad` for both shares.
    pub fn associated_data(&self) -> Vec<u8> {
        self.0.associated_data()
    }

    /// The message to post. Each sealed share begins with its encapsulated key.
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
