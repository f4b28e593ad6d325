// What the widget gets to deal with the page around it. None of these functions throws.

import type { Page } from "puls-wasm";
import type { Host, Loader } from "../contract";
import { checkAttributes } from "./checks";
import { today } from "./clock";
import { post } from "./outbox";
import { change } from "./shared";
import type { Survey } from "./survey";
import { underWaveOf } from "./wave";

/** The address of one of the widget's files. */
export const addressOf = ({ origin, file }: Loader, path: string): string => file?.(path) ?? `${origin}/${path}`;

/** Makes the `Page` for the survey in `host`. */
export function pageFor(host: Host, loader: Loader, survey: Survey, kept?: string): Page {
  const { emit, fail, noteSeen } = loader;
  const endpoint = endpointOf(host, loader);
  checkAttributes(host, (message) => fail(host, "attribute", message));
  return {
    kept,
    change: (id, lasts, by) => change(loader, id, lasts, by),
    emit: (name, detail) => {
      if (name == "puls-shown") survey.shown();
      if (name == "puls-completed") survey.sent();
      const told = JSON.parse(detail);
      const answer = name == "puls-completed" ? "sent" : told.never ? "never" : "later";
      // Noted before the event, since the page may take the element away when it gets it.
      if (/completed|dismissed/.test(name)) noteSeen(host.getAttribute("survey")!, answer, survey.uncalled);
      emit(host, name, told);
    },
    fail: (code, message) => fail(host, code, message),
    post: (release, departure) => {
      // The release may have been made on another day.
      const posted = underWaveOf(today(), release);
      post(loader, endpoint.href, posted, departure);
      emit(host, "puls-released", JSON.parse(posted));
    },
    close: () => host.close(),
    restart: () => survey.restart(),
    uncalled: survey.uncalled,
    room: (above) => Math.min((!above && host.clientWidth) || innerWidth, innerWidth),
    destination: endpoint.origin,
    // A getter, since a kiosk's page may stay open for weeks.
    get today() {
      return today();
    },
  };
}

function endpointOf(host: HTMLElement, { origin, fail }: Loader): URL {
  const otherwise = new URL("/v1/releases", origin);
  const text = host.getAttribute("endpoint");
  if (text == null) return otherwise;
  try {
    const url = new URL(text, document.baseURI);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // It isn't an address, as the message below says.
  }
  fail(host, "attribute", `endpoint: "${text}" is not an address; use one that starts with https://`);
  return otherwise;
}
