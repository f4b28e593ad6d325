// Whether a survey may be shown here and now.

import type { Rules } from "../contract";
import { DAY_MS, type Entry, FIRST_DAY, LEDGER, PUT_OFF } from "./ledger";
import { load, store } from "./storage";

// For so long a survey that was put off stays away, unless its own rules say less.
const PUT_OFF_DAYS = 7;

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
  const today = Date.now() / DAY_MS;
  const keepsAway = ([id, entry]: [string, Entry]): boolean => {
    const isNever = entry < 0;
    const day = Math.abs(entry);
    const putOff = day % 1;
    let age = Math.max(0, today - day);
    // A day that is still to come, or was before there was a Puls, was noted by a clock that was wrong; from now on, that was
    // today. Where the clock is wrong now, the day may be right, and stays.
    if (today >= FIRST_DAY && day && (!age || day < FIRST_DAY)) {
      const renewed = Math.floor(today) - putOff;
      ledger[id] = isNever ? -renewed : renewed;
      store(LEDGER, JSON.stringify(ledger));
      age = 0;
    }
    const rest = putOff && recontact_days > PUT_OFF_DAYS ? PUT_OFF_DAYS + PUT_OFF : recontact_days;
    return id == survey ? isNever || age < rest : age < cooldown_days;
  };
  let ledger: Record<string, Entry>;
  try {
    // All tabs share it, so it is read at the last moment.
    ledger = JSON.parse(load(LEDGER) ?? "{}");
    return (
      !document.hidden &&
      from <= now &&
      now < `${until}~` &&
      include.some(fits) &&
      !exclude.some(fits) &&
      !((draws[survey] ??= crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32) >= sample) &&
      !Object.entries(ledger).some(keepsAway)
    );
  } catch {
    // A ledger that isn't one holds nothing. And what is wrong with a definition's rules, the widget will say.
    return true;
  }
}
