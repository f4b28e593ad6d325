// Starts one of the collector's own pages. The application finds out which one by the element that the page has.

import init from "puls-results-wasm";

/** The module's path from the page's own folder. */
declare const __RESULTS_WASM__: string;

/**
 * Replaces the page's "loading" by the message that it failed. Nothing else would, since the application isn't there.
 */
function giveUp(error: unknown): void {
  document.getElementById("starting")?.setAttribute("hidden", "");
  document.getElementById("failed")?.removeAttribute("hidden");
  console.error("Puls: this page couldn't start.", error);
}

export function start(): void {
  init({ module_or_path: new URL(__RESULTS_WASM__, document.baseURI) }).catch(giveUp);
}
