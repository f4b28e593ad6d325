// The npm package's module: the loader for pages that are bundled. It defines the element at the end of the task that
// imports it, so that the page can say before where its collector is.

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
  // Sends what an earlier page view left in the outbox.
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

/** Calls the function on the window, which may be another loader's. Queues the calls until there is one. */
export const puls: Call = (...call) => {
  page.puls ??= (...call) => (page.puls!.q ??= []).push(call);
  page.puls(...call);
};

setTimeout(definePuls);

// Checks that everything in the package's typings exists.
({ configure, definePuls, puls, PulsSurvey }) satisfies typeof import("./package/index");
