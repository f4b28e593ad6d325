// What the build says of the package's files: once for the module, and once for the script.

declare module "puls-packaged" {
  /** The script tag, in the script. */
  export const script: HTMLScriptElement | null;
  /**
   * Where a file is, by its path below the package's folder. In the module each address stands in the form that bundlers
   * look for, so that they find the file, copy it and put its new address in.
   */
  export const address: (path: string) => URL;
  export const glue: () => Promise<import("../contract").Widget>;
  /** The path of the WASM. */
  export const wasm: string;
}
