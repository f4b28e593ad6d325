use rand_core::{TryCryptoRng, TryRng};

/// The browser's cryptographic source, `crypto.getRandomValues`.
pub(crate) struct BrowserRandom;

/// The browser has no such source, or it failed.
#[derive(Debug, thiserror::Error)]
#[error("crypto.getRandomValues is not to be had")]
pub(crate) struct NoRandomness;

impl TryRng for BrowserRandom {
    type Error = NoRandomness;

    fn try_next_u32(&mut self) -> Result<u32, NoRandomness> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, NoRandomness> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(NoRandomness)?;
        crypto.get_random_values_with_u8_array(bytes).map(drop).map_err(|_| NoRandomness)
    }
}

impl TryCryptoRng for BrowserRandom {}
