use janus_messages::{HpkeAeadId, HpkeConfig as JanusConfig, HpkeConfigList, HpkeKdfId, HpkeKemId};
use prio::codec::{Decode, Encode};
use puls_sealed::HpkeConfig;

/// Compares the key that Puls chooses from a list with what Janus finds in it. Returns whether Puls chooses one.
pub(super) fn check(list: &[u8]) -> bool {
    let ours = HpkeConfig::choose(list);
    // Janus refuses a list that has a suite which it doesn't know. Puls passes over such suites, so nothing is compared
    // then.
    if let Ok(theirs) = HpkeConfigList::get_decoded(list) {
        let fits = theirs.hpke_configs().iter().find(|config| fits(config));
        assert_eq!(ours.map(|config| encoded(&config)), fits.map(|config| config.get_encoded().unwrap()));
    }
    if let Some(config) = ours {
        check_chosen(list, &config);
    }
    ours.is_some()
}

/// A chosen key stands in the list. The same list cut short or made longer is refused, and a list of the key alone is
/// read.
fn check_chosen(list: &[u8], config: &HpkeConfig) {
    let entry = encoded(config);
    assert!(list.windows(entry.len()).any(|part| part == entry), "the list has no such key");
    assert_eq!(HpkeConfig::choose(&list[..list.len() - 1]), None, "cut short");
    assert_eq!(HpkeConfig::choose(&[list, &[0]].concat()), None, "too long");
    let alone = HpkeConfigList::new(vec![janus(config)]).get_encoded().unwrap();
    assert_eq!(HpkeConfig::choose(&alone), Some(*config));
}

fn fits(config: &JanusConfig) -> bool {
    *config.kem_id() == HpkeKemId::X25519HkdfSha256
        && *config.kdf_id() == HpkeKdfId::HkdfSha256
        && *config.aead_id() == HpkeAeadId::Aes128Gcm
        && config.public_key().as_ref().len() == 32
}

fn encoded(config: &HpkeConfig) -> Vec<u8> {
    janus(config).get_encoded().unwrap()
}

fn janus(config: &HpkeConfig) -> JanusConfig {
    JanusConfig::new(
        config.id.into(),
        HpkeKemId::X25519HkdfSha256,
        HpkeKdfId::HkdfSha256,
        HpkeAeadId::Aes128Gcm,
        config.public_key.to_vec().into(),
    )
}
