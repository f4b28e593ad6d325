use crate::bytes::Reader;

/// The only supported suite: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
const SUITE: [u16; 3] = [0x0020, 0x0001, 0x0001];
const KEY_BYTES: usize = 32;

/// The key that an aggregator's share is sealed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HpkeConfig {
    /// The aggregator's id for the key.
    pub id: u8,
    /// An X25519 public key.
    pub public_key: [u8; KEY_BYTES],
}

impl HpkeConfig {
    /// Chooses the first key for X25519, HKDF-SHA256 and AES-128-GCM from an `HpkeConfigList`, the answer of an
    /// aggregator's `hpke_config`. `None` if the list has no such key, or is damaged.
    pub fn choose(list: &[u8]) -> Option<Self> {
        let mut list = Reader(list);
        let mut configs = Reader(list.short()?);
        let mut chosen = None;
        while !configs.is_at_end() {
            let config = read(&mut configs)?;
            chosen = chosen.or(config);
        }
        chosen.filter(|_| list.is_at_end())
    }
}

/// Reads one entry: `None` if it is damaged, `Some(None)` if it is for another suite.
fn read(configs: &mut Reader<'_>) -> Option<Option<HpkeConfig>> {
    let id = configs.byte()?;
    let suite = [configs.number()?, configs.number()?, configs.number()?];
    let public_key = configs.short()?.try_into().ok();
    let fits = suite == SUITE;
    Some(public_key.filter(|_| fits).map(|public_key| HpkeConfig { id, public_key }))
}
