// Shows one survey at a time. Others wait until it is closed.

let last = Promise.resolve();

/**
 * Calls `show` once no other survey is shown on this page. With a `signal`, which can call it off, it also waits for
 * the site's other tabs. The promise of `show` has to resolve when the survey is closed.
 */
export async function inTurn(show: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  try {
    if (signal) return await navigator.locks.request("puls", { signal }, () => inTurn(show));
  } catch {
    // The signal is aborted, or there are no locks, as on a page without HTTPS or in a frame without an origin.
  }
  return (last = last.then(show, show));
}
