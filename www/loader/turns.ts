// One survey at a time: others wait until the one that is shown has been closed.

let last = Promise.resolve();

/**
 * Shows a survey once no other is shown on this page, nor, with a `signal` that can call it off, in another tab of the
 * site. What `show` promises is kept when the survey is closed.
 */
export async function inTurn(show: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  try {
    if (signal) return await navigator.locks.request("puls", { signal }, () => inTurn(show));
  } catch {
    // Called off, or there are no locks: not without HTTPS, nor in a frame without an origin.
  }
  return (last = last.then(show, show));
}
