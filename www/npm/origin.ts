// Where the npm package's surveys are. The build puts this module in the place of loader/origin.ts, which takes them
// from where the script came from.

export { script } from "puls-packaged";

/** Where the collector is; the page's own origin until the page says otherwise. */
export let origin = location.origin;

/** Makes surveys that are opened from now on come from elsewhere. */
export function moveTo(address: string): void {
  origin = new URL(address, document.baseURI).origin;
}
