// What the loader has asked for, as it comes in: the WASM compiled and checked, the definition and the first
// screen read.

import type { Coming, Markup } from "../contract";
import { quietly } from "../loader/quietly";
import { heed } from "./clock";

// Of the WASM that belongs to this file.
declare const __WASM_HASH__: string;

/** The same as what it is for. */
export interface Received {
  module: Promise<WebAssembly.Module>;
  definition: Promise<string>;
  screen: Promise<Markup | undefined>;
}

/** Takes everything over at once. */
export function receive([wasm, definition, screen]: Coming): Received {
  const received = { module: compiled(wasm), definition: text(definition), screen: markup(screen) };
  // A failure is told by whoever waits for it, also if another one was there first.
  Promise.allSettled(Object.values<Promise<unknown>>(received));
  return received;
}

let compiling: Promise<WebAssembly.Module> | undefined;

/** Compiled once for all surveys of the page; a failure is tried anew the next time. */
const compiled = (wasm: Promise<Response>): Promise<WebAssembly.Module> =>
  (compiling ??= compile(wasm).catch((error) => {
    compiling = undefined;
    throw error;
  }));

async function compile(wasm: Promise<Response>): Promise<WebAssembly.Module> {
  const response = await wasm;
  // An earlier try has used it up; and pages without HTTPS have no digests, so that there the browser has to check.
  if (response.bodyUsed || !isSecureContext) return compileAgain(response);
  const copy = response.clone();
  const [module, bytes] = await Promise.all([WebAssembly.compileStreaming(response), copy.arrayBuffer()]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (`sha256-${btoa(String.fromCharCode(...digest))}` != __WASM_HASH__)
    throw Error(`${response.url} was changed on its way`);
  return module;
}

/** What has come once lies in the browser's cache. */
async function compileAgain(response: Response): Promise<WebAssembly.Module> {
  if (!response.bodyUsed) await response.arrayBuffer();
  return WebAssembly.compileStreaming(fetch(response.url, { ...quietly, integrity: __WASM_HASH__ }));
}

async function text(definition: Promise<Response>): Promise<string> {
  const response = await definition;
  if (!response.ok) throw Error(`${response.url}: status ${response.status}`);
  heed(response, false);
  return response.text();
}

/** Nothing where the collector doesn't render it, which costs a little time. */
async function markup(screen?: Promise<Response>): Promise<Markup | undefined> {
  try {
    const response = await screen;
    if (response?.status == 200) return await response.json();
  } catch {
    // The survey comes all the same, with all else.
  }
}
