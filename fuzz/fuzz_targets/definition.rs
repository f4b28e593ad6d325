#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    puls_laws::definition(input);
});

libfuzzer_sys::fuzz_mutator!(|input: &mut [u8], size: usize, most: usize, seed: u32| {
    let document = Some(seed)
        .filter(|seed| seed % 2 == 0)
        .and_then(|seed| puls_laws::mutated(&input[..size], seed, most));
    match document {
        Some(document) => {
            input[..document.len()].copy_from_slice(&document);
            document.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(input, size, most),
    }
});
