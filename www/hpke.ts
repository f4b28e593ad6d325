// HPKE by WebAssembly, for browsers without X25519 and for pages without HTTPS.

import init, { seal } from "puls-hpke-wasm";
import type { Bytes, Seal } from "./contract";
import { quietly } from "./loader/quietly";

// The WebAssembly module of this file, and its hash.
declare const __WASM__: [path: string, integrity: string];

const SEED = 32;

/**
 * Starts the module, and returns the function that seals. `file` returns the address of a file; `random` draws bytes.
 */
export async function start(file: (path: string) => string, random: (bytes: number) => Bytes): Promise<Seal> {
  const [path, integrity] = __WASM__;
  const module = await WebAssembly.compileStreaming(fetch(file(path), { ...quietly, integrity }));
  await init({ module_or_path: module });
  return async (key, info, bound, plaintext) => {
    const sealed = seal(key, info, bound, plaintext, random(SEED));
    if (!sealed) throw Error("an aggregator's key isn't one");
    return sealed as Bytes;
  };
}
