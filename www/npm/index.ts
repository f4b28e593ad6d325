// The npm package's module: the loader for pages that are bundled. Nothing is defined before the end of the task that
// imports it, so that the page can say where its collector is before the first survey is fetched.

import { commands } from "../loader/commands";
import { PulsSurvey } from "../loader/element";
import { fail } from "../loader/events";
import { waiting } from "../loader/storage";
import { full, takeFrom } from "./files";
import { lent } from "./lent";
import { moveTo } from "./origin";
import type { PulsSettings } from "./package/index";

export { PulsSurvey };

type Call = (...call: unknown[]) => void;
const page = window as unknown as { puls?: Call & { q?: unknown[][] } };

export function definePuls(): void {
  if (customElements.get("puls-survey")) return;
  customElements.define("puls-survey", PulsSurvey);
  commands();
  // What an earlier page view left behind.
  if (waiting()[0])
    full.glue().then(
      ({ flush }) => flush(lent),
      () => {},
    );
}

export function configure({ origin, files }: PulsSettings): void {
  try {
    if (origin) moveTo(origin);
    if (files) takeFrom(files);
  } catch (error) {
    fail(document, "attribute", error);
  }
  definePuls();
}

/** Leaves it to the function on the window, which may be another loader's; until there is one, it queues. */
export const puls: Call = (...call) => {
  page.puls ??= (...call) => (page.puls!.q ??= []).push(call);
  page.puls(...call);
};

setTimeout(definePuls);

// The typings that the package has promise no more than there is.
({ configure, definePuls, puls, PulsSurvey }) satisfies typeof import("./package/index");
