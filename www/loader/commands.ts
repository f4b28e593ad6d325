// `puls(command, …)`: queues calls until the loader is there; from then on it runs them.

import type { PulsSurvey } from "./element";
import { fail } from "./events";
import { script } from "./origin";
import { forget } from "./storage";
import { track } from "./triggers";

/** What a survey is opened with: attributes by name, and values of segments by the segment's name. */
type Options = { segment?: Record<string, string> } & Record<string, any>;
type Command = (...args: any[]) => void;

const COMMANDS: Record<string, Command> = {
  open(survey: string, { segment = {}, ...options }: Options = {}) {
    let element = document.querySelector<PulsSurvey>(`puls-survey[survey="${survey}"]`);
    if (!element) {
      element = document.createElement("puls-survey") as PulsSurvey;
      // It takes endpoint, language and theme from the script tag.
      const { endpoint, lang, theme } = script?.dataset ?? {};
      options = { survey, trigger: "manual", endpoint, lang, theme, ...options };
    }
    for (const name of Object.keys(segment)) options[`segment-${name}`] = segment[name]!;
    for (const [name, value] of Object.entries(options)) if (value) element.setAttribute(name, value);
    // The page's body may not exist yet.
    if (!element.isConnected) (document.body ?? document.documentElement).append(element);
    element.open();
  },
  close: () => document.querySelectorAll<PulsSurvey>("puls-survey").forEach((element) => element.close()),
  on: (name: string, then: (detail: unknown) => void) =>
    document.addEventListener(`puls-${name}`, (event) => then((event as CustomEvent).detail)),
  track,
  forget,
};

/** Puts `puls` on the window, and runs the calls that were queued. */
export function commands(): void {
  const page = window as { puls?: Command & { q?: [name: string, ...args: unknown[]][] } };
  const puls = (name: string, ...args: unknown[]): void => {
    try {
      const command = Object.hasOwn(COMMANDS, name) && COMMANDS[name];
      if (!command) throw `puls: "${name}" is unknown; allowed are ${Object.keys(COMMANDS)}`;
      command(...args);
    } catch (error) {
      fail(document, "command", error);
    }
  };
  const queued = page.puls?.q ?? [];
  page.puls = puls;
  for (const call of queued) puls(...call);
}
