// Which surveys this browser has seen, by day; the loader reads it before it shows one.

import type { Answer, Lent } from "../contract";
import { today } from "./clock";
import { parsed } from "./parsed";

const KEY = "seen";

/**
 * Notes what a person made of a survey today. A day with a minus says never again, and nothing takes that back. One with a
 * half says not now; of a survey that didn't come `uncalled` that takes nothing back either.
 */
export function noteSeen(lent: Lent, survey: string, answer: Answer, uncalled: boolean): void {
  const seen: Record<string, number> = parsed(lent.load(KEY));
  const before = seen[survey]!;
  // The loader goes by the clock: what is noted for an earlier day than the clock's would seem long ago.
  // On its very first day, a minus or half a day less would be lost.
  let day = Math.max(today(), Math.floor(Date.now() / 864e5), 1);
  if (answer == "never" || before < 0) day = -day;
  else if (answer == "later") day = (!uncalled && before) || day - 0.5;
  lent.store(KEY, JSON.stringify({ ...seen, [survey]: day }));
}
