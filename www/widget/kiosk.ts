// A shared device between two people: nothing stays on the screen of somebody who has answered, or has left in the
// middle.

// Long enough to read the thanks. The next person needn't wait, since there is a button.
const PAUSE_MS = 20_000;
const IDLE_MS = 60_000;
// The notice names this time.
const NOTICE_MS = 30_000;
// `input`, since dictated words come without a key.
const TOUCHES = ["pointerdown", "keydown", "wheel", "input"];

/**
 * Calls `restart` some time after each respondent has sent their answers. When nobody has touched the survey for a
 * while, it calls `ask` first, so that the respondent can say that they are still there: answers don't vanish without a
 * warning.
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
