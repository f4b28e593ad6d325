// What a person makes of a survey, noted for later page views.

import type { Answer, Lent } from "../contract";
import { DAY_MS, type Entry, LEDGER, PUT_OFF } from "../loader/ledger";
import { today } from "./clock";
import { parsed } from "./parsed";

/** Notes what a person made of a survey today. Nothing takes a "never" back, and "later" nothing of a survey that the page has called. */
export function noteSeen(lent: Lent, survey: string, answer: Answer, uncalled: boolean): void {
  const ledger: Record<string, Entry> = parsed(lent.load(LEDGER));
  const before = ledger[survey];
  const isNever = answer == "never" || before! < 0;
  if (!isNever && answer == "later" && !uncalled && before) return;
  // The loader goes by the clock: what is noted for an earlier day than the clock's would seem long ago. On the very first day,
  // a minus or half a day less would be lost.
  const day = Math.max(today(), Math.floor(Date.now() / DAY_MS), 1);
  const entry = isNever ? -day : answer == "later" ? day - PUT_OFF : day;
  lent.store(LEDGER, JSON.stringify({ ...ledger, [survey]: entry }));
}
