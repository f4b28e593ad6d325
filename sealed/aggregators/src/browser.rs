use crate::task::Task;
use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeS, Serializable, single_shot_seal};
use janus_messages::HpkeConfigList;
use prio::codec::Encode;
use puls_sealed::{Dap09, HpkeConfig, Measurement, Metadata, Report, Role, Sealed, TaskId, Version};

/// The message that a browser posts for an answer to the task `id`, sealed with the keys of `task`.
///
/// # Panics
/// If the task has no place for the answer.
pub fn report(task: &Task, id: TaskId, metadata: Metadata, measurement: &Measurement) -> Vec<u8> {
    report_by::<Dap09>(task, id, metadata, measurement)
}

/// The message of somebody with a version `V` of their own, which may split an answer as no browser does.
///
/// # Panics
/// If the version can't split the answer.
pub fn report_by<V: Version>(
    task: &Task,
    id: TaskId,
    metadata: Metadata,
    measurement: &Measurement,
) -> Vec<u8> {
    let report = Report::<V>::new(id, metadata, measurement).unwrap();
    let seal = |config: &janus_messages::HpkeConfig, role| {
        let list = HpkeConfigList::new(vec![config.clone()]).get_encoded().unwrap();
        let config = HpkeConfig::choose(&list).unwrap();
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&config.public_key).unwrap();
        let (encapsulated, payload) = single_shot_seal::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            &V::info(role),
            &report.plaintext(role),
            &report.associated_data(),
        )
        .unwrap();
        (config.id, encapsulated.to_bytes().to_vec(), payload)
    };
    let [leader, helper] = [seal(task.leader(), Role::Leader), seal(task.helper(), Role::Helper)];
    let [leader, helper] = [&leader, &helper].map(|(config_id, encapsulated_key, payload)| Sealed {
        config_id: *config_id,
        encapsulated_key,
        payload,
    });
    report.message(leader, helper)
}
