// What makes a survey due.

/**
 * Calls `due` once, on the first of `triggers` (separated by spaces): `load`, `delay:5s`, `manual`.
 * Returns a function that calls it off; `refuse` is told of each trigger that there isn't.
 */
export function arm(triggers: string, due: () => void, refuse: (message: string) => void): () => void {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const disarm = (): void => timers.forEach(clearTimeout);
  for (const trigger of triggers.split(/\s+/)) {
    const seconds = trigger == "load" ? 0 : /^delay:(\d{1,5})s$/.exec(trigger)?.[1];
    if (seconds != null) {
      timers.push(setTimeout(() => (disarm(), due()), +seconds * 1000));
    } else if (trigger && trigger != "manual") {
      refuse(`trigger: "${trigger}" is unknown; allowed are load, manual, or a delay such as delay:5s`);
    }
  }
  return disarm;
}
