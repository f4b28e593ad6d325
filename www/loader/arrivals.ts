// Notices when another page is on screen without a new document, or the same page again. It doesn't wrap the page's
// `history`, since a router may have done so, and may do so at any time.

const GLANCE_MS = 500;

/** Calls `then` with some argument on each arrival, until the signal in `options` is aborted. */
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
