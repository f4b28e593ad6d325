// The results page's script: defines the chart element, and starts the application in WebAssembly.

import init from "puls-results-wasm";
import { defineChart } from "./chart";

/** Where the build put the module, from the page's own folder. */
declare const __RESULTS_WASM__: string;

/** The page has been saying that it loads; from here on nothing else would tell that it never will. */
function giveUp(error: unknown): void {
  document.getElementById("starting")?.setAttribute("hidden", "");
  document.getElementById("failed")?.removeAttribute("hidden");
  console.error("Puls: the results page couldn't start.", error);
}

defineChart();
init({ module_or_path: new URL(__RESULTS_WASM__, document.baseURI) }).catch(giveUp);
