use super::{Role, Shares, Version};
use crate::bytes::Writer;
use crate::measurement::chunk_length;
use crate::{Measurement, Metadata, ReportId, Sealed, SealedError, TaskId};
use prio::codec::Encode;
use prio::vdaf::prio3::Prio3;
use prio::vdaf::{Client, VdafError};

/// DAP-09 with VDAF-08, which Janus and Daphne support.
#[derive(Debug, Clone, Copy)]
pub enum Dap09 {}

impl Version for Dap09 {
    fn shard(measurement: &Measurement, id: &ReportId) -> Result<Shares, SealedError> {
        match measurement {
            // The library doesn't check this itself.
            Measurement::Histogram { length, cell } if cell >= length => Err(SealedError::Measurement),
            Measurement::Histogram { length, cell } => {
                shard(Prio3::new_histogram(2, *length, chunk_length(*length, 1)), cell, id)
            }
            Measurement::SumVec { bits, numbers } => {
                let (length, entries) = (numbers.len(), numbers.iter().copied().map(u128::from).collect());
                let vdaf = Prio3::new_sum_vec(2, *bits as usize, length, chunk_length(length, *bits));
                shard(vdaf, &entries, id)
            }
        }
    }

    fn info(recipient: Role) -> Vec<u8> {
        const CLIENT: u8 = 1;
        let recipient = match recipient {
            Role::Leader => 2,
            Role::Helper => 3,
        };
        Writer::default().fixed(b"dap-09 input share").fixed(&[CLIENT, recipient]).finish()
    }

    fn plaintext(share: &[u8]) -> Vec<u8> {
        let no_extensions = &[];
        Writer::default().short(no_extensions).long(share).finish()
    }

    fn associated_data(task: &TaskId, metadata: &Metadata, public_share: &[u8]) -> Vec<u8> {
        with_metadata(Writer::default().fixed(task), metadata).long(public_share).finish()
    }

    fn message(metadata: &Metadata, public_share: &[u8], leader: Sealed<'_>, helper: Sealed<'_>) -> Vec<u8> {
        let report = with_metadata(Writer::default(), metadata).long(public_share);
        with_ciphertext(with_ciphertext(report, leader), helper).finish()
    }
}

fn shard<V: Client<16>>(
    vdaf: Result<V, VdafError>,
    measurement: &V::Measurement,
    id: &ReportId,
) -> Result<Shares, SealedError> {
    let (public, inputs) = vdaf.and_then(|vdaf| vdaf.shard(measurement, id)).map_err(reason)?;
    let encoded = |share: &V::InputShare| share.get_encoded().ok();
    let mut inputs = inputs.iter().map_while(encoded);
    let shares = (public.get_encoded().ok()).zip(inputs.next()).zip(inputs.next());
    let ((public, leader), helper) = shares.ok_or(SealedError::Measurement)?;
    Ok(Shares { public, leader, helper })
}

fn reason(error: VdafError) -> SealedError {
    match error {
        VdafError::GetRandom(_) => SealedError::Randomness,
        _ => SealedError::Measurement,
    }
}

fn with_metadata(message: Writer, metadata: &Metadata) -> Writer {
    message.fixed(&metadata.id).fixed(&metadata.time_s.to_be_bytes())
}

fn with_ciphertext(message: Writer, sealed: Sealed<'_>) -> Writer {
    message.fixed(&[sealed.config_id]).short(sealed.encapsulated_key).long(sealed.payload)
}
