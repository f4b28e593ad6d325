use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal};
use janus_messages::{
    HpkeAeadId, HpkeCiphertext, HpkeConfig, HpkeConfigId, HpkeKdfId, HpkeKemId, HpkePublicKey, Role,
};

/// A key pair for HPKE.
#[derive(Clone)]
pub struct Keypair {
    config: HpkeConfig,
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
}

impl Keypair {
    /// Makes a new key pair for X25519, HKDF-SHA256 and AES-128-GCM.
    pub fn generate(id: u8) -> Self {
        let (private, public) = X25519HkdfSha256::gen_keypair();
        let config = HpkeConfig::new(
            HpkeConfigId::from(id),
            HpkeKemId::X25519HkdfSha256,
            HpkeKdfId::HkdfSha256,
            HpkeAeadId::Aes128Gcm,
            HpkePublicKey::from(public.to_bytes().to_vec()),
        );
        Self { config, private }
    }

    /// The public key.
    pub fn config(&self) -> &HpkeConfig {
        &self.config
    }

    /// The key pair and a token in the form of a collector's credential, as `divviup` writes it.
    pub fn credential(&self, token: &str) -> String {
        format!(
            r#"{{"id": {}, "kem": "X25519HkdfSha256", "kdf": "Sha256", "aead": "AesGcm128",
                "public_key": "{}", "private_key": "{}", "token": "{token}"}}"#,
            self.config.id(),
            base64(self.config.public_key().as_ref()),
            base64(&self.private.to_bytes()),
        )
    }

    /// Opens a share that a browser has sealed for this key; `None` for anything else.
    pub(crate) fn open(&self, recipient: Role, aad: &[u8], sealed: &HpkeCiphertext) -> Option<Vec<u8>> {
        if sealed.config_id() != self.config.id() {
            return None;
        }
        let encapsulated =
            <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(sealed.encapsulated_key()).ok()?;
        single_shot_open::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private,
            &encapsulated,
            &info(b"dap-09 input share", Role::Client, recipient),
            sealed.payload(),
            aad,
        )
        .ok()
    }
}

/// Seals an aggregate share for the collector.
pub(crate) fn seal(recipient: &HpkeConfig, sender: Role, aad: &[u8], share: &[u8]) -> HpkeCiphertext {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(recipient.public_key().as_ref()).unwrap();
    let (encapsulated, payload) = single_shot_seal::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        &info(b"dap-09 aggregate share", sender, Role::Collector),
        share,
        aad,
    )
    .unwrap();
    HpkeCiphertext::new(*recipient.id(), encapsulated.to_bytes().to_vec(), payload)
}

fn info(label: &[u8], sender: Role, recipient: Role) -> Vec<u8> {
    [label, &[sender as u8, recipient as u8]].concat()
}

/// A task's id, or a key, as addresses and definitions write it.
pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
