// What time it is. A device's clock may be wrong, so what the collector says counts for more: the time is that, and what has
// passed on the device since.

import { DAY_MS, FIRST_DAY } from "../loader/ledger";

const began = Date.now() - performance.now();

/** How far the clock is behind, by the last answer that said so. */
let behind: number | undefined;

/** What the clock says. Somebody may set it back while the page is open; and what counts on may stop while a machine sleeps. */
const clock = (): number => Math.max(Date.now(), began + performance.now());

/**
 * Heeds what time an answer says it is. Unless it is `fresh` it may come out of a cache: then it says only that the clock is
 * slow, since no answer is of the future. What is older than Puls, no right clock says.
 */
export function heed({ headers }: Response, fresh: boolean): void {
  const date = Date.parse(headers.get("date")!);
  if (date > (fresh ? FIRST_DAY * DAY_MS : now())) behind = date - clock();
}

/** Whether the day is known, and not just what the clock says. */
export const isDayKnown = (): boolean => behind != null;

/** The time, in milliseconds since 1970. */
export const now = (): number => clock() + (behind ?? 0);

/** Today in UTC, in days since 1970-01-01. */
export const today = (): number => Math.floor(now() / DAY_MS);
