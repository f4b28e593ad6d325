// The npm package as a script, for pages without modules. It does what a collector's puls.js does, but takes its files from
// beside itself, and asks the collector that `data-origin` names.

import { place } from "../loader/place";
import { configure } from "./index";
import { script } from "./origin";

configure({ origin: script?.dataset.origin });
if (script) place(script);
