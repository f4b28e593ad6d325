// <puls-chart kind="distribution|interval" data="JSON" label="…">: a chart in the page's own colours.
//
// To assistive technology the chart is one image, named by `label`, so the page has to say in words or in a table what
// it shows. The chart fills its parent's width, and is drawn again when the width or an attribute changes. Colours and
// fonts are in results.css. So are the rules that Plot puts into a <style> element, which the page's content security
// policy refuses.

import { type Bar, drawDistribution } from "./chart/distribution";
import { drawInterval, type Interval } from "./chart/interval";

type Drawn = (SVGSVGElement | HTMLElement) | undefined;

function draw(kind: string | null, data: string, width: number): Drawn {
  switch (kind) {
    case "distribution":
      return drawDistribution(JSON.parse(data) as Bar[], width);
    case "interval":
      return drawInterval(JSON.parse(data) as Interval, width);
    default:
      return undefined;
  }
}

class Chart extends HTMLElement {
  static readonly observedAttributes = ["kind", "data", "label"];

  readonly #watch = new ResizeObserver(() => this.#redraw());
  #width = 0;
  #due = false;

  connectedCallback(): void {
    this.#watch.observe(this);
    this.#plan();
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    this.#width = 0;
  }

  attributeChangedCallback(): void {
    this.#width = 0;
    this.#plan();
  }

  /** Draws once for all attributes that change at the same time. */
  #plan(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#redraw();
    });
  }

  #redraw(): void {
    const width = Math.floor(this.clientWidth);
    const data = this.getAttribute("data");
    if (!this.isConnected || !data || width === 0 || width === this.#width) return;
    this.#width = width;
    const drawn = draw(this.getAttribute("kind"), data, width);
    drawn?.querySelector("style")?.remove();
    drawn?.setAttribute("aria-hidden", "true");
    this.setAttribute("role", "img");
    this.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.replaceChildren(...(drawn ? [drawn] : []));
  }
}

/** Makes <puls-chart> known to the browser. */
export function defineChart(): void {
  customElements.define("puls-chart", Chart);
}
