// Which surveys this browser has seen: for each the day, and what its person made of it then, as one number, which earlier
// builds have stored as well. The widget writes it; the loader, which reads it before it shows a survey, has no room for more.

/** The key that the ledger is kept under, as JSON: entries by survey. */
export const LEDGER = "seen";

/** 2026-01-01, in days since 1970-01-01. Puls is younger than a clock that says it is earlier. */
export const FIRST_DAY = 20_454;

export const DAY_MS = 864e5;

/**
 * A day, in days since 1970-01-01, from 1 on: the day itself of a survey that was sent, `PUT_OFF` less of one that was put
 * off, and negative of one that is never to come again.
 */
export type Entry = number;

/** Half a day, since days are whole. */
export const PUT_OFF = 0.5;
