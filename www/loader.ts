// The loader: all that a page pays for until a survey is due. It reads the script tag, defines
// <puls-survey>, runs what was queued by `puls(…)`, and hands over to the WASM when a survey is due.

import { commands } from "./loader/commands";
import { PulsSurvey } from "./loader/element";
import { plain } from "./loader/files";
import { lent } from "./loader/lent";
import { script } from "./loader/origin";
import { place } from "./loader/place";
import { waiting } from "./loader/storage";

// A page may have one script tag for each survey; the first one defines the element for all.
const first = !customElements.get("puls-survey");
if (first) {
  customElements.define("puls-survey", PulsSurvey);
  commands();
}
if (script) place(script);
// Last: what an earlier page view left behind.
if (first && waiting()[0])
  plain.glue().then(
    ({ flush }) => flush(lent),
    () => {},
  );
