// The hand-over: all that a survey needs is asked for at once, and checked by the glue.
// The npm package has its own module in the place of this one: npm/files.ts.

import type { Widget } from "../contract";
import { get, once } from "./asking";
import { origin } from "./origin";
import { quietly } from "./quietly";

/** Where a build of the widget lies, and the hash of its glue, which knows the WASM's. */
type Build = [glue: string, glueHash: string, wasm: string];

// One for every survey, and a smaller one for plain surveys.
declare const __FULL__: Build;
declare const __PLAIN__: Build;

const files = ([glue, integrity, wasm]: Build) => ({
  glue: once((): Promise<Widget> => {
    const href = `${origin}/${glue}`;
    // `import()` takes no hash, but it uses what a preload with one has put into the module map.
    const link = { rel: "modulepreload", integrity, ...quietly, href };
    document.head.append(Object.assign(document.createElement("link"), link));
    return import(href);
  }),
  wasm: once(() => get(`${origin}/${wasm}`)),
});

export const full = files(__FULL__);
export const plain = files(__PLAIN__);
