// Where the npm package's files are. The build replaces loader/files.ts, which takes them from the collector, by this
// module.

import { address, glue, wasm } from "puls-packaged";
import { get, once } from "../loader/asking";

let folder: string | undefined;

/** Takes files from a folder from now on. */
export function takeFrom(address: string): void {
  folder = new URL(address.replace(/\/*$/, "/"), document.baseURI).href;
}

/** The address of one of the widget's files: in the folder that the page has named, else where a bundler has put it. */
export const file = (path: string): string => (folder ? new URL(path, folder) : address(path)).href;

/** The glue is always part of the page's own bundle. */
export const full = { glue, wasm: once(() => get(file(wasm))) };

// Only a collector's loader knows which surveys are plain.
export const plain = full;
