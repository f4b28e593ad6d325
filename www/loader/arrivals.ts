// When another page is on screen without a new document, or the same one again. Nothing of the page's own `history` is
// touched: a router may have changed it, and may do so at any time.

const GLANCE_MS = 500;

/** Until the signal in `options` ends it, calls `then` with something on each arrival. */
export function onArrival(options: { signal: AbortSignal }, then: (arrival: unknown) => void): void {
  document.addEventListener("visibilitychange", then, options);
  if (window.navigation) return navigation.addEventListener("currententrychange", then, options);
  let { href } = location;
  const timer = setInterval(() => {
    const before = href;
    href = location.href;
    if (href != before) then(href);
  }, GLANCE_MS);
  options.signal.addEventListener("abort", () => clearInterval(timer));
}
