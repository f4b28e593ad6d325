// `puls(command, …)`: a function that queues until the loader is there, and then does as it is told.

import type { PulsSurvey } from "./element";
import { fail } from "./events";
import { forget } from "./storage";

type Command = (...args: any[]) => void;

const surveys = (): NodeListOf<PulsSurvey> => document.querySelectorAll<PulsSurvey>("puls-survey");

const COMMANDS: Record<string, Command> = {
  open(survey: string, { segment = {} }: { segment?: Record<string, string> } = {}) {
    let element = [...surveys()].find((element) => element.getAttribute("survey") == survey);
    if (!element) {
      element = document.createElement("puls-survey") as PulsSurvey;
      element.setAttribute("survey", survey);
      element.setAttribute("trigger", "manual");
      copySettings(element);
      document.body.append(element);
    }
    for (const name in segment) element.setAttribute(`segment-${name}`, segment[name]!);
    element.open();
  },
  close: () => surveys().forEach((element) => element.close()),
  on: (name: string, then: (detail: unknown) => void) =>
    document.addEventListener(`puls-${name}`, (event) => then((event as CustomEvent).detail)),
  forget,
};

/** A survey that the page opens by name looks and reports like the one of the script tag. */
function copySettings(element: Element): void {
  const { endpoint, lang, theme } = document.querySelector<HTMLElement>("script[src$='/puls.js']")?.dataset ?? {};
  for (const [name, value] of Object.entries({ endpoint, lang, theme })) {
    if (value) element.setAttribute(name, value);
  }
}

/** Puts `puls` on the window, after doing what was queued. */
export function commands(): void {
  const page = window as { puls?: Command & { q?: ArrayLike<unknown>[] } };
  const puls = (name: string, ...args: unknown[]): void => {
    try {
      const command = Object.hasOwn(COMMANDS, name) && COMMANDS[name];
      if (!command) throw `puls("${name}"): unknown command; there are ${Object.keys(COMMANDS).join(", ")}`;
      command(...args);
    } catch (error) {
      fail(document, "command", error);
    }
  };
  const queued = page.puls?.q ?? [];
  page.puls = puls;
  for (const call of queued) puls(...(Array.from(call) as [string, ...unknown[]]));
}
