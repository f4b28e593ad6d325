// Decides whether a survey may be shown here and now.

import type { Rules } from "../contract";
import { DAY_MS, type Entry, FIRST_DAY, LEDGER, PUT_OFF } from "./ledger";
import { load, store } from "./storage";

// How long a survey that was put off stays away, unless its own rules say less.
const PUT_OFF_DAYS = 7;

// For each survey a random number from 0 up to 1, drawn once for the page load.
const draws: Record<string, number> = Object.create(null);

/** Whether a pattern fits the page's path; `*` stands for any run of characters. */
const fits = (pattern: string): boolean =>
  RegExp(`^${pattern.replace(/\W/g, (other) => (other == "*" ? ".*" : `\\${other}`))}$`).test(location.pathname);

/** Whether a survey's rules allow it now, on this page, in this browser. */
export function allow(
  survey: string,
  { include = ["*"], exclude = [], from = "", until = "", sample = 1, recontact_days = 90, cooldown_days = 0 }: Rules,
): boolean {
  // Dates of this form sort as text. A time sorts after its day, but before its day with a tilde.
  const now = new Date().toISOString();
  const today = Date.now() / DAY_MS;
  const keepsAway = ([id, entry]: [string, Entry]): boolean => {
    const isNever = entry < 0;
    const day = Math.abs(entry);
    const putOff = day % 1;
    let age = Math.max(0, today - day);
    // A wrong clock noted a day that lies ahead or before Puls existed. Such an entry is set to today. If the clock is
    // obviously wrong now, the noted day may be right, and stays.
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
    // All tabs share the ledger, so it is read at the last moment.
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
    // The ledger is broken and so holds nothing, or the definition's rules have mistakes, which the widget will report.
    return true;
  }
}
