// Starts one of the collector's own pages: which one, the application finds out by the element that is there.

import init from "puls-results-wasm";

/** Where the build put the module, from the page's own folder. */
declare const __RESULTS_WASM__: string;

/** The page has been saying that it loads; from here on nothing else would tell that it never will. */
function giveUp(error: unknown): void {
  document.getElementById("starting")?.setAttribute("hidden", "");
  document.getElementById("failed")?.removeAttribute("hidden");
  console.error("Puls: this page couldn't start.", error);
}

export function start(): void {
  init({ module_or_path: new URL(__RESULTS_WASM__, document.baseURI) }).catch(giveUp);
}
