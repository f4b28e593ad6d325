// A horizontal bar for each answer, as long as its share, with a whisker over its interval.

import * as Plot from "@observablehq/plot";

/** An answer's share, 0 to 1, with the ends of its interval. */
export interface Bar {
  label: string;
  tone: "plain" | "low" | "middle" | "high";
  value: number;
  low: number;
  high: number;
}

const ROW = 40;
const AXIS = 28;
/** The width of a letter in the labels, in pixels. A guess is enough, since labels wrap. */
const LETTER = 7;
const FONT = 13;
/** The width of a percentage under the axis with the room around it, in pixels. */
const TICK = 64;

export function drawDistribution(bars: Bar[], width: number): SVGSVGElement | HTMLElement {
  const longest = Math.max(...bars.map((bar) => bar.label.length));
  const margin = Math.min(longest * LETTER + 16, width * 0.42);
  const ticks = Math.max(2, Math.floor((width - margin) / TICK));
  const top = Math.min(1, Math.max(0.1, ...bars.map((bar) => bar.high)));
  return Plot.plot({
    width,
    height: bars.length * ROW + AXIS,
    marginTop: 0,
    marginRight: 18,
    marginBottom: AXIS,
    marginLeft: margin,
    x: { domain: [0, top], nice: ticks },
    // Indices keep the order of the answers, and tell two with the same label apart.
    y: { domain: bars.map((_, index) => index), padding: 0.3 },
    marks: [
      Plot.gridX({ ticks, stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisX({
        ticks,
        tickSize: 0,
        label: null,
        tickFormat: (share: number) => `${Math.round(share * 100)}\u00a0%`,
      }),
      Plot.axisY({
        tickSize: 0,
        label: null,
        tickFormat: (index: number) => bars[index]?.label ?? "",
        lineWidth: (margin - 12) / FONT,
        fill: "var(--ink)",
      }),
      Plot.barX(bars, { x: "value", y: (_, index) => index, fill: (bar: Bar) => `var(--bar-${bar.tone})`, rx2: 4 }),
      Plot.ruleY(bars, { x1: "low", x2: "high", y: (_, index) => index, stroke: "var(--ink)", strokeWidth: 1.5 }),
      Plot.tickX(bars, { x: "low", y: (_, index) => index, stroke: "var(--ink)", strokeWidth: 1.5, inset: 7 }),
      Plot.tickX(bars, { x: "high", y: (_, index) => index, stroke: "var(--ink)", strokeWidth: 1.5, inset: 7 }),
    ],
  });
}
