// Takes over what the loader is fetching: compiles and checks the WebAssembly, reads the definition and the first
// screen.

import type { Coming, Markup } from "../contract";
import { quietly } from "../loader/quietly";
import { heed } from "./clock";

// The hash of the WebAssembly that belongs to this file.
declare const __WASM_HASH__: string;

/** What the loader's responses have become. */
export interface Received {
  module: Promise<WebAssembly.Module>;
  definition: Promise<string>;
  screen: Promise<Markup | undefined>;
}

/** Takes over all responses at once. */
export function receive([wasm, definition, screen]: Coming): Received {
  const received = { module: compiled(wasm), definition: text(definition), screen: markup(screen) };
  // Whoever awaits a promise reports its failure. This keeps the failures of the others from counting as unhandled.
  Promise.allSettled(Object.values<Promise<unknown>>(received));
  return received;
}

let compiling: Promise<WebAssembly.Module> | undefined;

/** Compiles the module once for all surveys of the page. After a failure, the next survey tries again. */
const compiled = (wasm: Promise<Response>): Promise<WebAssembly.Module> =>
  (compiling ??= compile(wasm).catch((error) => {
    compiling = undefined;
    throw error;
  }));

async function compile(wasm: Promise<Response>): Promise<WebAssembly.Module> {
  const response = await wasm;
  // An earlier try may have used up the response. And pages without HTTPS have no digests, so the browser has to check
  // the hash.
  if (response.bodyUsed || !isSecureContext) return compileAgain(response);
  const copy = response.clone();
  const [module, bytes] = await Promise.all([WebAssembly.compileStreaming(response), copy.arrayBuffer()]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (`sha256-${btoa(String.fromCharCode(...digest))}` != __WASM_HASH__)
    throw Error(`${response.url} was changed on its way`);
  return module;
}

/** Fetches the module again; after the first response it lies in the browser's cache. */
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

/** Returns nothing if the collector doesn't render the first screen. The survey then shows a little later. */
async function markup(screen?: Promise<Response>): Promise<Markup | undefined> {
  try {
    const response = await screen;
    if (response?.status == 200) return await response.json();
  } catch {
    // The survey can do without this screen.
  }
}
