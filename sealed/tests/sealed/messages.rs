//! Our messages against those of Janus. `PROPTEST_CASES` says how many of each kind are tried.

use janus_messages as janus;
use janus_messages::{HpkeAeadId, HpkeKdfId, HpkeKemId};
use prio::codec::{Decode, Encode};
use proptest::prelude::*;
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

    /// What Janus can't read, we don't read either.
    #[test]
    fn a_damaged_list_has_no_key(configs in prop::collection::vec(config(), 1..3), at in any::<usize>(),
        to in any::<u8>(), cut in any::<usize>()) {
        let mut list = janus::HpkeConfigList::new(configs).get_encoded().unwrap();
        let length = list.len();
        list[at % length] = to;
        list.truncate(length - cut % 3);
        let theirs = janus::HpkeConfigList::get_decoded(&list);
        let ours = HpkeConfig::choose(&list);
        let found = theirs.ok().and_then(|list| list.hpke_configs().iter().find(|config| is_ours(config)).cloned());
        // Janus refuses a list for suites that it doesn't know; we pass them over.
        if let Some(found) = found {
            prop_assert_eq!(ours.map(|ours| ours.public_key.to_vec()), Some(found.public_key().as_ref().to_vec()));
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
