use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeS, Serializable, single_shot_seal};
use prio::codec::Encode;
use puls_aggregators::{Keypair, Parameters, Task, Vdaf};
use puls_sealed::{
    Dap09, HpkeConfig, Measurement, Metadata, Report, Role, Sealed, TaskId, Version, chunk_length,
};

pub(crate) const TASK: TaskId = [7; 32];
pub(crate) const NOW_S: u64 = 1_794_600_000;
pub(crate) const PRECISION_S: u64 = 3600;

pub(crate) fn histogram(length: usize) -> Task {
    task(Vdaf::Histogram { length, chunk_length: chunk_length(length) })
}

pub(crate) fn sum_vec(length: usize) -> Task {
    task(Vdaf::SumVec { length, chunk_length: chunk_length(length) })
}

fn task(vdaf: Vdaf) -> Task {
    Task::new(Parameters {
        id: TASK,
        vdaf,
        min_batch_size: 10,
        collector: Keypair::generate(3).config().clone(),
        bearer_token: "token".to_owned(),
    })
}

/// The n-th report's metadata.
pub(crate) fn metadata(n: u64) -> Metadata {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    Metadata::of(id, NOW_S, PRECISION_S)
}

/// Splits and seals an answer, as a browser does.
pub(crate) fn report(task: &Task, id: TaskId, n: u64, measurement: Measurement) -> Vec<u8> {
    let report = Report::<Dap09>::new(id, metadata(n), measurement).unwrap();
    let bound = report.associated_data();
    let seal = |config: &janus_messages::HpkeConfig, role| {
        let list = janus_messages::HpkeConfigList::new(vec![config.clone()]).get_encoded().unwrap();
        let config = HpkeConfig::choose(&list).unwrap();
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&config.public_key).unwrap();
        let (encapsulated, payload) = single_shot_seal::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            &Dap09::info(role),
            &report.plaintext(role),
            &bound,
        )
        .unwrap();
        (config.id, encapsulated.to_bytes(), payload)
    };
    let (leader, helper) = (seal(task.leader(), Role::Leader), seal(task.helper(), Role::Helper));
    let sealed = |(config_id, encapsulated_key, payload)| Sealed { config_id, encapsulated_key, payload };
    report.message(
        sealed((leader.0, leader.1.as_slice(), leader.2.as_slice())),
        sealed((helper.0, helper.1.as_slice(), helper.2.as_slice())),
    )
}
