// Surveys that were closed in the middle: opened again in the same way, each goes on where it was. They are kept in
// memory alone, and only as long as their elements stay on the page.

import type { Host, Showing } from "../contract";
import type { Survey } from "./survey";

const all = new WeakMap<Host, Survey>();

/** How a survey is opened now. Looks and language aren't part of it: both may change while a survey is open, too. */
export const wayOf = (host: Host): string =>
  [...host.attributes].map(({ name, value }) => (/^(class|style|theme|lang)$/.test(name) ? "" : name + value)).join();

/** Keeps the survey of `host`. */
export const putAside = (host: Host, survey: Survey): unknown => all.set(host, survey);

/** What was kept for `host`, which isn't kept any longer. */
export function takeBack(host: Host): Survey | undefined {
  const kept = all.get(host);
  all.delete(host);
  return kept;
}

/** Goes on with what is kept for `host`, or forgets it where that was opened in another way; says whether it goes on. */
export function goOn(host: Host, showing: Showing): boolean {
  const kept = takeBack(host);
  const same = kept?.way == wayOf(host);
  same ? kept!.resume(showing) : kept?.end();
  return same;
}
