// What the loader fetches beside the WASM: wasm-bindgen's glue, and the style sheet.

import init, { mount, type Mounted, type Page } from "puls-wasm";
import css from "./widget.css";

export { mount, type Mounted, type Page };
export type Widget = typeof import("./widget");

/** Starts the compiled module. */
export const start = (module: WebAssembly.Module): Promise<unknown> => init({ module_or_path: module });

/**
 * One style sheet for all shadow roots, read while the WASM is still on its way; a constructed one needs no
 * permission of the page's CSP.
 */
export const style = new CSSStyleSheet();
style.replaceSync(css);
