// The module that the build puts in place of the results page's import.

declare module "puls-results-wasm" {
  export default function init(input: { module_or_path: URL }): Promise<unknown>;
}
