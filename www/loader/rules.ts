// Whether a survey may be shown here and now.

import type { Rules } from "../contract";
import { load, store } from "./storage";

// 2026-01-01, in days since 1970-01-01. Puls is younger than a clock that says it is earlier.
const FIRST_DAY = 20_454;

// For each survey a number from 0 up to 1, which holds for the page load.
const draws: Record<string, number> = Object.create(null);

/** Whether a pattern fits the page's path; `*` stands for any run of characters. */
const fits = (pattern: string): boolean =>
  RegExp(`^${pattern.replace(/\W/g, (other) => (other == "*" ? ".*" : `\\${other}`))}$`).test(location.pathname);

/** Whether a survey's rules allow it now, on this page, in this browser. */
export function allow(
  survey: string,
  { include = ["*"], exclude = [], from = "", until = "", sample = 1, recontact_days = 90, cooldown_days = 0 }: Rules,
): boolean {
  // Dates of this form sort as text, and a time comes after its day, but before a tilde.
  const now = new Date().toISOString();
  const today = Date.now() / 864e5;
  // All tabs share this ledger, so it is read at the last moment. A day with a minus: never again. Half a day earlier: not
  // now, which is for a week.
  const seen = ([id, day]: [string, number]): boolean => {
    const noted = Math.abs(day);
    let age = Math.max(0, today - noted);
    // A day that is still to come, or was before there was a Puls, was noted by a clock that was wrong; from now on, that was
    // today. Where the clock is wrong now, the day may be right, and stays.
    if (today >= FIRST_DAY && noted && (!age || noted < FIRST_DAY)) {
      ledger[id] = Math.sign(day) * (Math.floor(today) - (noted % 1));
      store("seen", JSON.stringify(ledger));
      age = 0;
    }
    return id == survey ? day < 0 || age < (day % 1 && recontact_days > 7 ? 7.5 : recontact_days) : age < cooldown_days;
  };
  let ledger: Record<string, number>;
  try {
    ledger = JSON.parse(load("seen") ?? "{}");
    return (
      !document.hidden &&
      from <= now &&
      now < `${until}~` &&
      include.some(fits) &&
      !exclude.some(fits) &&
      !((draws[survey] ??= crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32) >= sample) &&
      !Object.entries(ledger).some(seen)
    );
  } catch {
    // A ledger that isn't one holds nothing. And what is wrong with a definition's rules, the widget will say.
    return true;
  }
}
