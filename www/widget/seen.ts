// Which surveys this browser has seen, by day; the loader reads it before it shows one.

import type { Lent } from "./loader";

const KEY = "seen";

/** Today in UTC, in days since 1970-01-01. */
export const today = (): number => Math.floor(Date.now() / 864e5);

function days({ load }: Lent): Record<string, number> {
  try {
    return JSON.parse(load(KEY)!) ?? {};
  } catch {
    return {};
  }
}

/** Notes that a survey was sent or dismissed today. A day with a minus says that it is `never` to come again. */
export function noteSeen(lent: Lent, survey: string, never?: boolean): void {
  const seen = days(lent);
  const wanted = !never && !(seen[survey]! < 0);
  lent.store(KEY, JSON.stringify({ ...seen, [survey]: wanted ? today() : -today() }));
}
