//! HPKE (RFC 9180) as a WebAssembly module, for browsers without X25519, and for pages without HTTPS, in which browsers
//! offer no cryptography. All others never fetch it.

use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeS, Serializable, single_shot_seal_with_rng};
use rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// Seals a text for an X25519 key, in base mode with HKDF-SHA256 and AES-128-GCM.
///
/// Takes 32 random bytes. Returns the encapsulated key followed by the ciphertext, or nothing if `key` isn't a valid
/// key.
#[wasm_bindgen]
pub fn seal(
    key: &[u8],
    info: &[u8],
    associated_data: &[u8],
    plaintext: &[u8],
    random: &[u8],
) -> Option<Vec<u8>> {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(key).ok()?;
    let mut given = Given { rest: random, is_short: false };
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        info,
        plaintext,
        associated_data,
        &mut given,
    )
    .ok()?;
    (!given.is_short).then(|| [encapsulated.to_bytes().as_slice(), &ciphertext].concat())
}

/// Randomness that the page has drawn and passed in. Each byte is used once.
struct Given<'a> {
    rest: &'a [u8],
    /// Whether more was drawn than was given. The result must not be used then.
    is_short: bool,
}

impl TryRng for Given<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        match self.rest.split_at_checked(bytes.len()) {
            Some((drawn, rest)) => {
                bytes.copy_from_slice(drawn);
                self.rest = rest;
            }
            None => self.is_short = true,
        }
        Ok(())
    }
}

impl TryCryptoRng for Given<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// RFC 9180, appendix A.1.1: the first encryption of the base setup.
    #[test]
    fn it_seals_as_the_standard_says() {
        let key = bytes("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
        let info = bytes("4f6465206f6e2061204772656369616e2055726e");
        let random = bytes("7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234");
        let sealed = seal(&key, &info, b"Count-0", b"Beauty is truth, truth beauty", &random).unwrap();
        let encapsulated = bytes("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
        let ciphertext = bytes(
            "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
        );
        assert_eq!(sealed, [encapsulated, ciphertext].concat());
    }

    #[test]
    fn without_enough_randomness_or_a_key_nothing_is_sealed() {
        assert_eq!(seal(&[9; 32], b"", b"", b"text", &[1; 31]), None);
        assert_eq!(seal(&[9; 31], b"", b"", b"text", &[1; 32]), None);
        // A point of low order would give everybody the same secret.
        assert_eq!(seal(&[0; 32], b"", b"", b"text", &[1; 32]), None);
    }
}
