// A shared device between two people: whoever has answered, or gone away in the middle, leaves nothing on the screen.

// Long enough to read the thanks; the next person needn't wait, since there is a button.
const PAUSE_MS = 20_000;
const IDLE_MS = 60_000;
// As the notice says.
const NOTICE_MS = 30_000;
// Words may be dictated, and so come without a key.
const TOUCHES = ["pointerdown", "keydown", "wheel", "input"];

/**
 * Begins anew, by `restart`, some time after each respondent. When nobody has touched the survey for a while, it does so as
 * well, but first it lets `ask` whether they are still there: answers don't vanish without a warning.
 */
export function freeForNext(host: HTMLElement, ask: () => void, restart: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout>;
  const after = (delay: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, delay);
  };
  const warn = (): void => {
    ask();
    after(NOTICE_MS, restart);
  };
  host.addEventListener("puls-completed", () => after(PAUSE_MS, restart), { signal });
  for (const touch of TOUCHES) host.addEventListener(touch, () => after(IDLE_MS, warn), { signal, passive: true });
  signal.addEventListener("abort", () => clearTimeout(timer));
}
