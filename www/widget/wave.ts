// Redates a release to another wave than it was made for.

import { DAY_MS } from "../loader/ledger";

/** A release's text, dated by the wave that a day falls in. A sealed report stays as it is. */
export const underWaveOf = (day: number, body: string): string =>
  body.replace(/("wave": ")\d+-([WQ]?)\d+/, (_, field: string, period: string) => field + waveOf(day, period));

/** A wave's name: 2026-W47, 2026-Q4 or, without a letter for the period, 2026-11. */
function waveOf(day: number, period: string): string {
  const isWeek = period == "W";
  // A week belongs to the year that its Thursday lies in; day 0 was a Thursday.
  const within = isWeek ? day - ((day + 3) % 7) + 3 : day;
  const [year, month] = new Date(within * DAY_MS).toISOString().split("-") as [string, string];
  if (isWeek) return `${year}-W${`0${Math.ceil((within + 1 - Date.parse(year) / DAY_MS) / 7)}`.slice(-2)}`;
  return `${year}-${period}${period ? Math.ceil(+month / 3) : month}`;
}
