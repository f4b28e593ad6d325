// What the build says about the package's files. There are two versions, for the module and for the script.

declare module "puls-packaged" {
  /** The script tag; `null` in the module. */
  export const script: HTMLScriptElement | null;
  /**
   * Where a file is, by its path below the package's folder. In the module each address has the form that bundlers look
   * for, so that they find the file, copy it and insert its new address.
   */
  export const address: (path: string) => URL;
  export const glue: () => Promise<import("../contract").Widget>;
  /** The path of the WebAssembly module. */
  export const wasm: string;
}
