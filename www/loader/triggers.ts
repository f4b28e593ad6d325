// What makes a survey due.

import { onArrival } from "./arrivals";
import { emit, fail } from "./events";

const FORM = /^(load|open|(exit)|manual|(delay|idle):(\d{1,5})s|scroll:(\d\d?|100)%|click:(.+)|event:(.+))$/;

// What `puls("track", …)` has told of: it may do so before there is a survey that waits for it.
const tracked = new Set<string>();

/** Tells of an event, which makes those surveys due that wait for it. */
export function track(name: string): void {
  tracked.add(name);
  emit(document, "puls-track", name);
}

type Host = Element & { open(): void };

/**
 * Until `signal` ends it, calls `due` on each of `triggers`, without an argument; and with one whenever another page may
 * be on screen, or the same one again.
 */
export function arm(host: Host, triggers: string[], signal: AbortSignal, due: (arrival?: unknown) => void): void {
  // Captured, so that no handler of the page's can keep it from coming here.
  const options = { signal, capture: true };
  const on = (types: string, then: (event: any) => void): void =>
    types.split(" ").forEach((type) => document.addEventListener(type, then, options));
  for (const trigger of triggers) {
    try {
      // What isn't of this form has no parts to take apart: that throws, as a selector does below that isn't one, and is told.
      const [, , exit, timed, seconds, percent, selector, name] = FORM.exec(trigger)!;
      if (trigger == "open") return host.open();
      if (trigger == "load") due();
      if (exit) {
        // Through the top of the window, or into another tab, which is all that there is on a touch screen.
        on("mouseout visibilitychange", ({ relatedTarget, clientY }) => {
          if (document.hidden || (!relatedTarget && clientY <= 0)) due();
        });
      }
      if (seconds) {
        const start = timer(+seconds, signal, due);
        if (timed == "idle") on("pointermove pointerdown keydown scroll", start);
      }
      if (percent) {
        on("scroll", () => {
          // Where pixels are fractions, the last one may be out of reach.
          const way = document.documentElement.scrollHeight - innerHeight - 1;
          if (scrollY * 100 >= +percent * way) due();
        });
      }
      if (selector) {
        document.querySelector(selector);
        on("click", ({ target }) => target.closest?.(selector) && due());
      }
      if (name) {
        const look = (): unknown => tracked.has(name) && due();
        on("puls-track", look);
        look();
      }
    } catch {
      const allowed = "load, open, delay:5s, scroll:50%, exit, idle:30s, click:SELECTOR, event:NAME, manual";
      fail(host, "attribute", `trigger: "${trigger}" is unknown; allowed are ${allowed}`);
    }
  }
  onArrival(options, due);
}

/** Calls `then` so many seconds from now; from then on, if the function it returns is called. */
function timer(seconds: number, signal: AbortSignal, then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const stop = (): void => clearTimeout(timer);
  const start = (): void => {
    stop();
    timer = setTimeout(then, seconds * 1000);
  };
  start();
  signal.addEventListener("abort", stop);
  return start;
}
