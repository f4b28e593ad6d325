// A shared device between two people: whoever has answered, or gone away in the middle, leaves nothing on the screen.

// Long enough to read the thanks, and short enough that the next person needn't wait.
const PAUSE_MS = 10_000;
const IDLE_MS = 60_000;

/** Begins anew, by `restart`, after each respondent and when nobody has touched the survey for a while. */
export function freeForNext(host: HTMLElement, restart: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout>;
  const after = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(restart, delay);
  };
  host.addEventListener("puls-completed", () => after(PAUSE_MS), { signal });
  for (const touch of ["pointerdown", "keydown"]) host.addEventListener(touch, () => after(IDLE_MS), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}
