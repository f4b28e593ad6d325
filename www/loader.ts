// The loader: everything that a page loads before a survey is due. It reads the script tag, defines <puls-survey>, runs
// the calls of `puls(…)` that are queued, and hands over to the glue and the WebAssembly when a survey is due.

import { commands } from "./loader/commands";
import { PulsSurvey } from "./loader/element";
import { plain } from "./loader/files";
import { lent } from "./loader/lent";
import { script } from "./loader/origin";
import { place } from "./loader/place";
import { waiting } from "./loader/storage";

// A page may have a script tag for each survey. The first one defines the element for all of them.
const first = !customElements.get("puls-survey");
if (first) {
  customElements.define("puls-survey", PulsSurvey);
  commands();
}
if (script) place(script);
// Last, sends what an earlier page view left in the outbox.
if (first && waiting()[0])
  plain.glue().then(
    ({ flush }) => flush(lent),
    () => {},
  );
