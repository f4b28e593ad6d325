// Notes for later page views what a respondent did with a survey.

import type { Answer, Lent } from "../contract";
import { DAY_MS, type Entry, LEDGER, PUT_OFF } from "../loader/ledger";
import { today } from "./clock";
import { parsed } from "./parsed";

/**
 * Notes what a respondent did with a survey today. "never" is never taken back. "later" changes no entry of a survey
 * that the page opened.
 */
export function noteSeen(lent: Lent, survey: string, answer: Answer, uncalled: boolean): void {
  const ledger: Record<string, Entry> = parsed(lent.load(LEDGER));
  const before = ledger[survey];
  const isNever = answer == "never" || before! < 0;
  if (!isNever && answer == "later" && !uncalled && before) return;
  // The loader compares with the device's clock, to which an earlier day than its own would seem long ago. Day 0 has no
  // negative, and half a day less would make it negative.
  const day = Math.max(today(), Math.floor(Date.now() / DAY_MS), 1);
  const entry = isNever ? -day : answer == "later" ? day - PUT_OFF : day;
  lent.store(LEDGER, JSON.stringify({ ...ledger, [survey]: entry }));
}
