// HPKE by WebAssembly, for browsers that have no X25519 and pages without HTTPS.

import init, { seal } from "puls-hpke-wasm";
import type { Bytes, Seal } from "./sealed/hpke";

const SEED = 32;

/** Starts the module, and gives what seals with it; `random` draws bytes. */
export async function start(module: WebAssembly.Module, random: (bytes: number) => Bytes): Promise<Seal> {
  await init({ module_or_path: module });
  return async (key, info, bound, plaintext) => {
    const sealed = seal(key, info, bound, plaintext, random(SEED));
    if (!sealed) throw Error("an aggregator's key isn't one");
    return sealed as Bytes;
  };
}
