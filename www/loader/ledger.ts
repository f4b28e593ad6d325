// The ledger of the surveys that this browser has seen. An entry says in one number on which day, and what the
// respondent did with the survey. It is only a number since the loader, which reads it before it shows a survey, has no
// room for more, and since earlier builds have stored it in this way. The glue writes it.

/** The key that the ledger is kept under, as a JSON object of entries by survey. */
export const LEDGER = "seen";

/** 2026-01-01, in days since 1970-01-01. Puls didn't exist before, so a clock that shows an earlier day is wrong. */
export const FIRST_DAY = 20_454;

export const DAY_MS = 864e5;

/**
 * A day in days since 1970-01-01, from 1 on. The day itself says that the survey was sent, the day less `PUT_OFF` that
 * it was put off, and the negative day that it was refused for good.
 */
export type Entry = number;

/** Half a day, since days are whole. */
export const PUT_OFF = 0.5;
