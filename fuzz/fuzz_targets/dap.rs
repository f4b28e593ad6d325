#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    puls_laws::dap(input);
});
