// Where the npm package's files are. The build puts this module in the place of loader/files.ts, which takes them
// from the collector.

import { address, glue, wasm } from "puls-packaged";
import { get, once } from "../loader/asking";

let folder: string | undefined;

/** Takes files from a folder from now on. */
export function takeFrom(address: string): void {
  folder = new URL(address.replace(/\/*$/, "/"), document.baseURI).href;
}

/** The address of one of the widget's files: in the folder that the page named, else where a bundler put it. */
export const file = (path: string): string => (folder ? new URL(path, folder) : address(path)).href;

/** The glue of a module is part of the page's own bundle, so there is no other place to take it from. */
export const full = { glue, wasm: once(() => get(file(wasm))) };

// Only a collector says which surveys are plain.
export const plain = full;
