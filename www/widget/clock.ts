// What time it is. A device's clock may be wrong, so the collector's time counts: the last time it told, plus what has
// passed on the device since.

import { DAY_MS, FIRST_DAY } from "../loader/ledger";

const began = Date.now() - performance.now();

/** How far the device's clock is behind, by the last answer with a usable time. */
let behind: number | undefined;

/**
 * The device's time. `Date.now` goes back if somebody sets the clock back, and `performance.now` may stop while the
 * machine sleeps, so the larger one counts.
 */
const clock = (): number => Math.max(Date.now(), began + performance.now());

/**
 * Learns the time from an answer. An answer that isn't `fresh` may come from a cache. Then it can only show that the
 * clock is slow, since no answer comes from the future. A time before Puls existed is wrong.
 */
export function heed({ headers }: Response, fresh: boolean): void {
  const date = Date.parse(headers.get("date")!);
  if (date > (fresh ? FIRST_DAY * DAY_MS : now())) behind = date - clock();
}

/** Whether some answer has told the time, so that today's date doesn't depend on the device's clock alone. */
export const isDayKnown = (): boolean => behind != null;

/** The time, in milliseconds since 1970. */
export const now = (): number => clock() + (behind ?? 0);

/** Today in UTC, in days since 1970-01-01. */
export const today = (): number => Math.floor(now() / DAY_MS);
