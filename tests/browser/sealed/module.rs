use puls_tests::asset;
use puls_tests::browser::Browser;
use puls_tests::collector::Collector;
use puls_tests::host::Host;
use serde_json::{Value, json};

/// Splits what the vectors say, with the randomness that they give, by the module as it is deployed.
const SPLIT: &str = r#"
    const [origin, script, vectors, done] = arguments;
    const bytes = (hex) => Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
    const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace("=", "");
    (async () => {
        const { seal, start } = await import(`${origin}/${script}`);
        await start((path) => `${origin}/${path}`);
        const found = [];
        for (const { cells, bits, random } of vectors.reports) {
            crypto.getRandomValues = (array) => (array.set(bytes(random)), array);
            const sealed = [];
            const listening = async (key, info, bound, plaintext) => {
                sealed[info.at(-1) - 2] = { plaintext: hex(plaintext), bound: hex(bound) };
                return new Uint8Array(64);
            };
            const keys = [new Uint8Array(33), new Uint8Array(33)];
            await seal(base64(bytes(vectors.task)), bits, new Uint32Array(cells), keys, vectors.now_s * 1000, vectors.precision_s, listening);
            const [leader, helper] = sealed;
            found.push({ cells, bits, random, leader: leader.plaintext, helper: helper.plaintext,
                associated_data: leader.bound });
        }
        done(found);
    })().catch((error) => done(String(error)));
"#;

/// What both aggregators make of these shares, a test of `puls-sealed` holds.
#[tokio::test]
async fn the_module_makes_the_golden_shares() {
    let collector = Collector::start();
    let host = Host::page("").await;
    let browser = Browser::start().await;
    browser.open(&host.origin()).await;
    let vectors: Value =
        serde_json::from_str(include_str!("../../../sealed/tests/vectors/dap-09.json")).unwrap();
    let arguments = [json!(collector.origin), json!(asset("sealed-", ".js")), vectors.clone()];
    assert_eq!(browser.run_async(SPLIT, &arguments).await, vectors["reports"]);
}
