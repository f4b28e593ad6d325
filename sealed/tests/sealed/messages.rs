//! Our messages against those of Janus. `PROPTEST_CASES` says how many of each kind are tried.

use janus_messages as janus;
use janus_messages::{HpkeAeadId, HpkeKdfId, HpkeKemId};
use prio::codec::{Decode, Encode};
use proptest::prelude::*;
use proptest::sample::Index;
use puls_sealed::{Dap09, HpkeConfig, Metadata, Sealed, Version};

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..most)
}

fn config() -> impl Strategy<Value = janus::HpkeConfig> {
    let kem = prop_oneof![Just(HpkeKemId::X25519HkdfSha256), Just(HpkeKemId::P256HkdfSha256)];
    let kdf = prop_oneof![4 => Just(HpkeKdfId::HkdfSha256), 1 => Just(HpkeKdfId::HkdfSha512)];
    let aead = prop_oneof![4 => Just(HpkeAeadId::Aes128Gcm), 1 => Just(HpkeAeadId::ChaCha20Poly1305)];
    let key = prop_oneof![4 => prop::collection::vec(any::<u8>(), 32), 1 => bytes(80)];
    (any::<u8>(), kem, kdf, aead, key)
        .prop_map(|(id, kem, kdf, aead, key)| janus::HpkeConfig::new(id.into(), kem, kdf, aead, key.into()))
}

fn is_ours(config: &janus::HpkeConfig) -> bool {
    *config.kem_id() == HpkeKemId::X25519HkdfSha256
        && *config.kdf_id() == HpkeKdfId::HkdfSha256
        && *config.aead_id() == HpkeAeadId::Aes128Gcm
        && config.public_key().as_ref().len() == 32
}

#[derive(Debug)]
enum Damage {
    /// The list's length.
    Length(u8),
    /// Of so many bytes.
    Cut(usize),
    /// Of so many bytes, where the list's length says so: its last key is cut.
    CutKey(usize),
    Followed(Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (1..=u8::MAX).prop_map(Damage::Length),
        (1..43usize).prop_map(Damage::Cut),
        (1..8usize).prop_map(Damage::CutKey),
        prop::collection::vec(any::<u8>(), 1..50).prop_map(Damage::Followed),
    ]
}

impl Damage {
    fn befall(&self, list: &mut Vec<u8>) {
        match self {
            Self::Length(change) => list[1] ^= change,
            Self::Cut(bytes) => list.truncate(list.len() - bytes),
            Self::CutKey(bytes) => {
                list.truncate(list.len() - bytes);
                let length = u16::try_from(list.len() - 2).unwrap();
                list[..2].copy_from_slice(&length.to_be_bytes());
            }
            Self::Followed(bytes) => list.extend(bytes),
        }
    }
}

proptest! {
    #[test]
    fn the_first_key_that_fits_is_chosen(configs in prop::collection::vec(config(), 0..5)) {
        let expected = configs.iter().find(|config| is_ours(config));
        let list = janus::HpkeConfigList::new(configs.clone()).get_encoded().unwrap();
        let chosen = HpkeConfig::choose(&list);
        prop_assert_eq!(chosen.map(|chosen| chosen.public_key.to_vec()),
            expected.map(|config| config.public_key().as_ref().to_vec()));
        prop_assert_eq!(chosen.map(|chosen| janus::HpkeConfigId::from(chosen.id)),
            expected.map(|config| *config.id()));
    }

    /// In a damaged list a length is wrong, its end is missing, or bytes follow it.
    #[test]
    fn a_damaged_list_has_no_key(key in any::<[u8; 32]>(), others in prop::collection::vec(config(), 0..3), damage in damage()) {
        let ours = janus::HpkeConfig::new(0.into(), HpkeKemId::X25519HkdfSha256, HpkeKdfId::HkdfSha256,
            HpkeAeadId::Aes128Gcm, key.to_vec().into());
        let configs: Vec<_> = [ours].into_iter().chain(others).collect();
        let mut list = janus::HpkeConfigList::new(configs).get_encoded().unwrap();
        prop_assert_eq!(HpkeConfig::choose(&list).map(|chosen| chosen.public_key), Some(key));
        damage.befall(&mut list);
        prop_assert!(janus::HpkeConfigList::get_decoded(&list).is_err());
        prop_assert_eq!(HpkeConfig::choose(&list), None);
    }

    #[test]
    fn whatever_janus_reads_has_the_same_key(configs in prop::collection::vec(config(), 1..3), at in any::<Index>(), to in any::<u8>()) {
        let mut list = janus::HpkeConfigList::new(configs).get_encoded().unwrap();
        let at = at.index(list.len());
        list[at] = to;
        // Janus refuses a list for suites that it doesn't know; we pass them over.
        if let Ok(theirs) = janus::HpkeConfigList::get_decoded(&list) {
            let found = theirs.hpke_configs().iter().find(|config| is_ours(config));
            prop_assert_eq!(HpkeConfig::choose(&list).map(|ours| ours.public_key.to_vec()),
                found.map(|config| config.public_key().as_ref().to_vec()));
        }
    }

    #[test]
    fn nothing_read_makes_it_stop(list in bytes(300)) {
        HpkeConfig::choose(&list);
    }

    #[test]
    fn janus_reads_what_is_written(
        id in any::<[u8; 16]>(), time_s in any::<u64>(), task in any::<[u8; 32]>(), public in bytes(64), share in bytes(999),
        keys in any::<[[u8; 32]; 2]>(), payloads in [bytes(999), bytes(99)], ids in any::<[u8; 2]>(),
    ) {
        let metadata = Metadata { id, time_s };
        let theirs = janus::ReportMetadata::new(id.into(), janus::Time::from_seconds_since_epoch(time_s));

        let sealed = |n: usize| Sealed { config_id: ids[n], encapsulated_key: &keys[n], payload: &payloads[n] };
        let ciphertext = |n: usize| janus::HpkeCiphertext::new(ids[n].into(), keys[n].to_vec(), payloads[n].clone());
        let report = janus::Report::new(theirs.clone(), public.clone(), ciphertext(0), ciphertext(1));
        let message = Dap09::message(&metadata, &public, sealed(0), sealed(1));
        prop_assert_eq!(janus::Report::get_decoded(&message).unwrap(), report);

        let bound = janus::InputShareAad::new(task.into(), theirs, public.clone());
        prop_assert_eq!(Dap09::associated_data(&task, &metadata, &public), bound.get_encoded().unwrap());

        let plaintext = janus::PlaintextInputShare::new(Vec::new(), share.clone());
        prop_assert_eq!(Dap09::plaintext(&share), plaintext.get_encoded().unwrap());
    }
}
