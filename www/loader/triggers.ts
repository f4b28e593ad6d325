// What makes a survey due.

/**
 * Calls `due` on each of `triggers`: `load`, which is now, `delay:5s`, `manual`.
 * Returns a function that calls off those to come; `refuse` is told of each trigger that there isn't.
 */
export function arm(triggers: string[], due: () => void, refuse: (message: string) => void): () => void {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const disarm = (): void => timers.forEach(clearTimeout);
  let now = false;
  for (const trigger of triggers) {
    const seconds = /^delay:(\d{1,5})s$/.exec(trigger)?.[1];
    if (trigger == "load") {
      now = true;
    } else if (seconds) {
      timers.push(setTimeout(due, +seconds * 1000));
    } else if (trigger && trigger != "manual") {
      refuse(`trigger: "${trigger}" is unknown; allowed are load, manual, or a delay such as delay:5s`);
    }
  }
  if (now) {
    disarm();
    due();
  }
  return disarm;
}
