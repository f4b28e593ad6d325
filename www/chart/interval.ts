// A figure as a mark on its scale, with a band over its interval.

import * as Plot from "@observablehq/plot";

/** A figure, the ends of its interval, and the ends of the scale that it is measured on. */
export interface Interval {
  value: number;
  low: number;
  high: number;
  min: number;
  max: number;
}

const HEIGHT = 50;
/** Keeps the round ends of the scale in the picture. */
const MARGIN = 3;

/** A short scale has a mark for each point, a longer one marks for its ends and its middle. */
function marks({ min, max }: Interval): number[] {
  const steps = max - min <= 10 ? max - min : 2;
  return Array.from({ length: steps + 1 }, (_, step) => min + (step * (max - min)) / steps);
}

/** Labels of marks under the scale. Those at its ends are flush with it. */
function axis(ticks: number[], textAnchor: "start" | "middle" | "end"): Plot.CompoundMark {
  const tickFormat = (tick: number) => String(tick).replace("-", "−");
  const dx = { start: -MARGIN, middle: 0, end: MARGIN }[textAnchor];
  return Plot.axisX(ticks, { textAnchor, dx, tickFormat, tickSize: 0, label: null });
}

export function drawInterval(interval: Interval, width: number): SVGSVGElement | HTMLElement {
  const { value, low, high, min, max } = interval;
  const ticks = marks(interval);
  return Plot.plot({
    width,
    height: HEIGHT,
    marginTop: 0,
    marginBottom: 24,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    x: { domain: [min, max] },
    y: { axis: null, domain: [0, HEIGHT - 24] },
    marks: [
      axis(ticks.slice(0, 1), "start"),
      axis(ticks.slice(1, -1), "middle"),
      axis(ticks.slice(-1), "end"),
      Plot.ruleY([13], { x1: min, x2: max, stroke: "var(--track)", strokeWidth: 6, strokeLinecap: "round" }),
      Plot.rect([interval], { x1: low, x2: high, y1: 6, y2: 20, r: 3, fill: "var(--band)" }),
      Plot.ruleX([value], { y1: 1, y2: 25, stroke: "var(--ink)", strokeWidth: 3, strokeLinecap: "round" }),
    ],
  });
}
