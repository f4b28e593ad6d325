#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|input: &[u8]| {
    puls_laws::release(input);
});

fuzz_mutator!(|input: &mut [u8], length: usize, most: usize, seed: u32| {
    puls_laws::mutate(&mut input[..most], length, seed).unwrap_or_else(|| fuzzer_mutate(input, length, most))
});
