// Surveys that were closed in the middle. Each goes on where it was when it is opened again in the same way. They are
// kept in memory only, and only while their elements stay on the page.

import type { Host, Showing } from "../contract";
import type { Survey } from "./survey";

const all = new WeakMap<Host, Survey>();

/**
 * In which way `host` opens a survey now, by its attributes. Looks and language don't count, since they may change
 * while a survey is open, too.
 */
export const wayOf = (host: Host): string =>
  [...host.attributes].map(({ name, value }) => (/^(class|style|theme|lang)$/.test(name) ? "" : name + value)).join();

/** Puts aside the survey of `host`. */
export const putAside = (host: Host, survey: Survey): unknown => all.set(host, survey);

/** Returns the survey that was put aside for `host`, and no longer keeps it. */
export function takeBack(host: Host): Survey | undefined {
  const kept = all.get(host);
  all.delete(host);
  return kept;
}

/**
 * Goes on with the survey that was put aside for `host`, or ends it if `host` now opens in another way. Returns whether
 * it goes on.
 */
export function goOn(host: Host, showing: Showing): boolean {
  const kept = takeBack(host);
  const same = kept?.way == wayOf(host);
  same ? kept!.resume(showing) : kept?.end();
  return same;
}
