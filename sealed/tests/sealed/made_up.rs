//! Reports by somebody who keeps to the form, makes the proof as one should, and lies all the same.

use crate::support::{TASK, metadata, report, sum_vec};
use prio::codec::Encode;
use prio::field::Field128;
use prio::flp::gadgets::{Mul, ParallelSum};
use prio::flp::types::SumVec;
use prio::flp::{FlpError, Gadget, Type};
use prio::vdaf::Client;
use prio::vdaf::prio3::Prio3;
use prio::vdaf::xof::XofTurboShake128;
use puls_aggregators::{Rejected, Uploaded, report_by};
use puls_sealed::{
    Dap09, Measurement, Metadata, ReportId, Role, Sealed, SealedError, Shares, TaskId, Version, chunk_length,
};

/// `SumVec`, but what is split are its bits as they are given, and any number may stand in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AnyBits(SumVec<Field128, ParallelSum<Field128, Mul<Field128>>>);

impl Type for AnyBits {
    type Measurement = Vec<u32>;
    type AggregateResult = Vec<u128>;
    type Field = Field128;

    fn encode_measurement(&self, bits: &Vec<u32>) -> Result<Vec<Field128>, FlpError> {
        Ok(bits.iter().map(|bit| Field128::from(u128::from(*bit))).collect())
    }

    fn decode_result(&self, data: &[Field128], people: usize) -> Result<Vec<u128>, FlpError> {
        self.0.decode_result(data, people)
    }

    fn gadget(&self) -> Vec<Box<dyn Gadget<Field128>>> {
        self.0.gadget()
    }

    fn valid(
        &self,
        gadgets: &mut Vec<Box<dyn Gadget<Field128>>>,
        input: &[Field128],
        joint_rand: &[Field128],
        shares: usize,
    ) -> Result<Field128, FlpError> {
        self.0.valid(gadgets, input, joint_rand, shares)
    }

    fn truncate(&self, input: Vec<Field128>) -> Result<Vec<Field128>, FlpError> {
        self.0.truncate(input)
    }

    fn input_len(&self) -> usize {
        self.0.input_len()
    }

    fn proof_len(&self) -> usize {
        self.0.proof_len()
    }

    fn verifier_len(&self) -> usize {
        self.0.verifier_len()
    }

    fn output_len(&self) -> usize {
        self.0.output_len()
    }

    fn joint_rand_len(&self) -> usize {
        self.0.joint_rand_len()
    }

    fn prove_rand_len(&self) -> usize {
        self.0.prove_rand_len()
    }

    fn query_rand_len(&self) -> usize {
        self.0.query_rand_len()
    }
}

/// DAP-09 by whoever splits the bits of two numbers of three bits as they please.
enum MadeUp {}

impl Version for MadeUp {
    fn shard(measurement: &Measurement, id: &ReportId) -> Result<Shares, SealedError> {
        let Measurement::SumVec { numbers, .. } = measurement else { return Err(SealedError::Measurement) };
        const SUM_VEC: u32 = 2;
        let bits = AnyBits(SumVec::new(3, 2, chunk_length(2, 3)).unwrap());
        let vdaf: Prio3<_, XofTurboShake128, 16> = Prio3::new(2, 1, SUM_VEC, bits).unwrap();
        let (public, shares) = vdaf.shard(numbers, id).unwrap();
        let [leader, helper] = [0, 1].map(|share: usize| shares[share].get_encoded().unwrap());
        Ok(Shares { public: public.get_encoded().unwrap(), leader, helper })
    }

    fn info(recipient: Role) -> Vec<u8> {
        Dap09::info(recipient)
    }

    fn plaintext(share: &[u8]) -> Vec<u8> {
        Dap09::plaintext(share)
    }

    fn associated_data(task: &TaskId, metadata: &Metadata, public_share: &[u8]) -> Vec<u8> {
        Dap09::associated_data(task, metadata, public_share)
    }

    fn message(metadata: &Metadata, public_share: &[u8], leader: Sealed<'_>, helper: Sealed<'_>) -> Vec<u8> {
        Dap09::message(metadata, public_share, leader, helper)
    }
}

#[test]
fn a_number_out_of_range_is_rejected_by_its_proof() {
    let mut task = sum_vec(2, 3);
    let mut upload = |n, bits: [u32; 6]| {
        let bits = Measurement::SumVec { bits: 3, numbers: bits.to_vec() };
        let message = report_by::<MadeUp>(&task, TASK, metadata(n), &bits);
        task.upload(&message)
    };
    // 4 and 1, the lowest bit first: with honest bits, this is a report like any other.
    assert_eq!(upload(1, [0, 0, 1, 1, 0, 0]), Ok(Uploaded::Now));
    // 8 and 1; then 4000 and 1.
    assert_eq!(upload(2, [0, 0, 2, 1, 0, 0]), Err(Rejected::Proof));
    assert_eq!(upload(3, [0, 0, 1000, 1, 0, 0]), Err(Rejected::Proof));
    assert_eq!((task.count(), task.sums(0..u64::MAX)), (1, vec![4, 1]));
}

/// What the proof doesn't say: these are no products of any answers, and one report adds as much as seven people.
#[test]
fn numbers_in_range_are_taken_whatever_they_are() {
    let mut task = sum_vec(6, 3);
    let made_up = Measurement::SumVec { bits: 3, numbers: vec![7, 0, 0, 7, 7, 0] };
    assert_eq!(task.upload(&report(&task, TASK, 1, &made_up)), Ok(Uploaded::Now));
    assert_eq!(task.sums(0..u64::MAX), [7, 0, 0, 7, 7, 0]);
}
