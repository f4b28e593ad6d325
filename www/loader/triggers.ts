// Waits for what makes a survey due.

import { onArrival } from "./arrivals";
import { emit, fail } from "./events";

const FORM = /^(load|open|(exit)|manual|(delay|idle):(\d{1,5})s|scroll:(\d\d?|100)%|click:(.+)|event:(.+))$/;

// The names that `puls("track", …)` was called with. It may be called before a survey waits for the name.
const tracked = new Set<string>();

/** Makes the surveys due that wait for an event of this name. */
export function track(name: string): void {
  tracked.add(name);
  emit(document, "puls-track", name);
}

type Host = Element & { open(): void };

/**
 * Calls `due` without an argument on each of `triggers`, and with one whenever another page may be on screen, or the
 * same page again. It stops when `signal` is aborted.
 */
export function arm(host: Host, triggers: string[], signal: AbortSignal, due: (arrival?: unknown) => void): void {
  // Events are captured, so that no handler of the page can stop them first.
  const options = { signal, capture: true };
  const on = (types: string, then: (event: any) => void): void =>
    types.split(" ").forEach((type) => document.addEventListener(type, then, options));
  for (const trigger of triggers) {
    try {
      // Destructuring `null` throws if the trigger doesn't have this form. So does an invalid selector below. Both are
      // reported.
      const [, , exit, timed, seconds, percent, selector, name] = FORM.exec(trigger)!;
      if (trigger == "open") return host.open();
      if (trigger == "load") due();
      if (exit) {
        // The pointer leaves through the top of the window, or the tab is hidden, the only sign on a touch screen.
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
          // With fractional pixels the last one may be out of reach, so it isn't needed.
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

/** Calls `then` after so many seconds. The function that it returns starts the time again. */
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
