// Where the npm package's surveys are. The build replaces loader/origin.ts, which takes them from where the script came
// from, by this module.

export { script } from "puls-packaged";

/** Where the collector is; the page's own origin until the page says otherwise. */
export let origin = location.origin;

/** Takes surveys that are opened from now on from another address. */
export function moveTo(address: string): void {
  origin = new URL(address, document.baseURI).origin;
}
