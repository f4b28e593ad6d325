// Fetches the glue and the WebAssembly. The glue checks the WebAssembly's hash. In the npm package, npm/files.ts
// replaces this module.

import type { Widget } from "../contract";
import { get, once } from "./asking";
import { origin } from "./origin";
import { quietly } from "./quietly";

/** The paths of a build's glue and WebAssembly, and the glue's hash. The glue knows the hash of the WebAssembly. */
type Build = [glue: string, glueHash: string, wasm: string];

// The full build for every survey, and the small build for plain surveys.
declare const __FULL__: Build;
declare const __PLAIN__: Build;

const files = ([glue, integrity, wasm]: Build) => ({
  glue: once((): Promise<Widget> => {
    const href = `${origin}/${glue}`;
    // `import()` takes no hash, but it uses what a preload with a hash has put into the module map.
    const link = { rel: "modulepreload", integrity, ...quietly, href };
    document.head.append(Object.assign(document.createElement("link"), link));
    return import(href);
  }),
  wasm: once(() => get(`${origin}/${wasm}`)),
});

export const full = files(__FULL__);
export const plain = files(__PLAIN__);
