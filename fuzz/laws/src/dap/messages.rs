use arbitrary::{Result, Unstructured};
use janus_messages as janus;
use prio::codec::{Decode, Encode};
use puls_sealed::{Dap09, Metadata, Sealed, Version};

/// A share that is sealed for one aggregator.
struct Share {
    config_id: u8,
    encapsulated_key: Vec<u8>,
    payload: Vec<u8>,
}

impl Share {
    fn draw(input: &mut Unstructured<'_>) -> Result<Self> {
        let (config_id, encapsulated_key, payload) = input.arbitrary()?;
        Ok(Self { config_id, encapsulated_key, payload })
    }

    fn ours(&self) -> Sealed<'_> {
        let Self { config_id, encapsulated_key, payload } = self;
        Sealed { config_id: *config_id, encapsulated_key, payload }
    }

    fn theirs(&self) -> janus::HpkeCiphertext {
        janus::HpkeCiphertext::new(self.config_id.into(), self.encapsulated_key.clone(), self.payload.clone())
    }
}

/// Writes messages with contents that the bytes decide, and has Janus read them.
pub(super) fn check(input: &mut Unstructured<'_>) -> Result<()> {
    let (id, time_s, task): ([u8; 16], u64, [u8; 32]) = input.arbitrary()?;
    let (leader, helper) = (Share::draw(input)?, Share::draw(input)?);
    let (public, share): (Vec<u8>, Vec<u8>) = input.arbitrary()?;
    let metadata = Metadata { id, time_s };
    let theirs = janus::ReportMetadata::new(id.into(), janus::Time::from_seconds_since_epoch(time_s));

    let message = Dap09::message(&metadata, &public, leader.ours(), helper.ours());
    let report = janus::Report::new(theirs.clone(), public.clone(), leader.theirs(), helper.theirs());
    assert_eq!(janus::Report::get_decoded(&message).unwrap(), report);

    let bound = janus::InputShareAad::new(task.into(), theirs, public.clone());
    let associated = Dap09::associated_data(&task, &metadata, &public);
    assert_eq!(janus::InputShareAad::get_decoded(&associated).unwrap(), bound);
    assert_eq!(associated, bound.get_encoded().unwrap());

    let plaintext = janus::PlaintextInputShare::new(Vec::new(), share.clone());
    assert_eq!(janus::PlaintextInputShare::get_decoded(&Dap09::plaintext(&share)).unwrap(), plaintext);
    Ok(())
}
