// What time it is. A device's clock may be wrong, so what the collector says counts for more: the time is that, and what has
// passed since.

// An answer has a way behind it, and no two clocks go alike.
const SLACK_MS = 60_000;

/** By what an answer said: when the page's own measure began, and how far the clock is behind. */
let told: { began: number; behind: number } | undefined;

/**
 * Heeds what time an answer says it is. Unless it is `fresh` it may come out of a cache: then it says only that the clock is
 * slow, since no answer is of the future.
 */
export function heed({ headers }: Response, fresh: boolean): void {
  const date = Date.parse(headers.get("date")!);
  if (date > (fresh ? 0 : now())) told = { began: date - performance.now(), behind: date - Date.now() };
}

/** Whether the day is known, and not just what the clock says. */
export const isDayKnown = (): boolean => !!told;

/**
 * The time, in milliseconds since 1970. The page's own measure may stand still while a device sleeps, and the clock may be set
 * at any time: of what can't be too early, the earlier one is right.
 */
export function now(): number {
  const clock = Date.now();
  if (!told) return clock;
  const least = told.began + performance.now();
  const possible = [clock, clock + told.behind].sort((one, other) => one - other);
  return possible.find((time) => time > least - SLACK_MS) ?? least;
}

/** Today in UTC, in days since 1970-01-01. */
export const today = (): number => Math.floor(now() / 864e5);
