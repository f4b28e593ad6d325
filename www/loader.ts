// The loader: all that a page pays for until a survey is due. It reads the script tag, defines
// <puls-survey>, runs what was queued by `puls(…)`, and hands over to the WASM when a survey is due.

import { commands } from "./loader/commands";
import { PulsSurvey } from "./loader/element";
import { place } from "./loader/place";
import { flush } from "./loader/outbox";

const script = document.currentScript;
// A page may have one script tag for each survey; the first one defines the element for all.
const first = !customElements.get("puls-survey");
if (first) {
  document.addEventListener("puls-error", ({ detail }: CustomEventInit) => console.warn(`Puls: ${detail.message}`));
  customElements.define("puls-survey", PulsSurvey);
}
if (first) commands();
if (script) place(script);
// Last: what is due is fetched before the storage is looked through for what waits.
if (first) flush();
