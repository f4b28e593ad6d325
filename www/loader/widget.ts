// The hand-over: glue and WASM, fetched side by side, the WASM compiled while it streams in and checked
// against the hash that this loader was built with.

import { origin } from "./origin";
import { quietly } from "./outbox";
import type { Widget } from "../widget";

declare const __WIDGET_JS__: string;
declare const __WIDGET_WASM__: string;
declare const __WIDGET_JS_INTEGRITY__: string;
declare const __WIDGET_WASM_INTEGRITY__: string;

let loading: Promise<Widget> | undefined;

/** The widget, fetched once for all surveys of the page; a failure is tried anew the next time. */
export function widget(): Promise<Widget> {
  return (loading ??= fetchWidget().catch((error) => {
    loading = undefined;
    throw error;
  }));
}

async function fetchWidget(): Promise<Widget> {
  // The largest first.
  const [module, glue] = await Promise.all([fetchModule(), fetchGlue()]);
  await glue.start(module);
  return glue;
}

function fetchGlue(): Promise<Widget> {
  const url = `${origin}/${__WIDGET_JS__}`;
  // `import()` takes no hash, but it uses what a preload with one has put into the module map.
  const integrity = __WIDGET_JS_INTEGRITY__;
  const rel = "modulepreload";
  document.head.append(Object.assign(document.createElement("link"), { rel, integrity, ...quietly, href: url }));
  return import(url);
}

async function fetchModule(): Promise<WebAssembly.Module> {
  const url = `${origin}/${__WIDGET_WASM__}`;
  const expected = __WIDGET_WASM_INTEGRITY__;
  // Pages without HTTPS have no digests; there the browser checks, after which nothing is left to stream.
  // (Touching `crypto.subtle` itself would hold up the request.)
  const integrity = isSecureContext ? "" : expected;
  const response = await fetch(url, { ...quietly, integrity });
  const copy = response.clone();
  const [module, bytes] = await Promise.all([WebAssembly.compileStreaming(response), copy.arrayBuffer()]);
  if (!integrity) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    if (`sha256-${btoa(String.fromCharCode(...digest))}` != expected) throw Error(`${url} was changed on its way`);
  }
  return module;
}
