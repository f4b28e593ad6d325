// Which surveys this browser has seen, by day: what keeps one from asking again too soon.

import { load, store } from "./storage";

const KEY = "seen";

/** Today in UTC, in days since 1970-01-01. */
export const today = (): number => Math.floor(Date.now() / 864e5);

function days(): Record<string, number> {
  try {
    return JSON.parse(load(KEY)!) ?? {};
  } catch {
    return {};
  }
}

/** Whether a survey was sent or dismissed fewer than `recontact` days ago. */
export const seenWithin = (survey: string, recontact: number): boolean => today() - days()[survey]! < recontact;

/** Notes that a survey was sent or dismissed today. */
export const noteSeen = (survey: string): void => store(KEY, JSON.stringify({ ...days(), [survey]: today() }));
