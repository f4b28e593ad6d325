// Uses all that the package's typings offer. It is compiled, never run.

import {
  configure,
  definePuls,
  type Puls,
  type PulsDetails,
  type PulsErrorCode,
  type PulsEventMap,
  type PulsHandlers,
  type PulsRelease,
  type PulsSettings,
  PulsSurvey,
  type PulsSurveyAttributes,
  puls,
} from "puls-survey";

const settings: PulsSettings = { origin: "https://surveys.example.com", files: "/static/puls" };
configure(settings);
configure({});
definePuls();
// @ts-expect-error: there is no such setting
configure({ endpoint: "/v1/releases" });

puls("open", "nps");
puls("open", "support-chat", { segment: { agent: "a17" } });
puls("open", "csat", { "text-product": "Lamp", display: "modal", lang: "sv", theme: "dark" });
puls("close");
puls("track", "task-done");
puls("forget");
puls("on", "released", (release: PulsRelease) => {
  const counts: number[] | undefined = release.items.recommend?.cells;
  return [release.format, release.id, release.version, release.wave, release.segment.unit, counts];
});
puls("on", "answered", ({ survey, item }) => [survey.length, item.length]);
puls("on", "error", ({ code, message }) => describe(code, message));
const again: Puls = window.puls;
again("close");
again.q?.push(["open", "nps"]);
// @ts-expect-error: there is no such command
puls("shut");
// @ts-expect-error: there is no such event
puls("on", "submitted", () => {});
// @ts-expect-error: an event tells no answer
puls("on", "answered", ({ answer }) => answer);
// @ts-expect-error: a segment's value is a text
puls("open", "nps", { segment: { team: 3 } });
// @ts-expect-error: an event has a name
puls("track");

function describe(code: PulsErrorCode, message: string): string {
  // @ts-expect-error: there is no such code
  return code === "network" ? message : `${code}: ${message}`;
}

const made: PulsSurvey = document.createElement("puls-survey");
const found = document.querySelector("puls-survey");
const opened: Promise<void> | undefined = found?.open();
found?.close();
made instanceof PulsSurvey;
// @ts-expect-error: the element has no such method
made.send();

// Events are known wherever they can be listened to.
made.addEventListener("puls-shown", ({ detail }) => detail.survey.length);
document.addEventListener("puls-answered", ({ detail }) => detail.item.length);
window.addEventListener("puls-completed", ({ detail, target }) => [detail.survey, target]);
document.body.addEventListener("puls-dismissed", ({ detail }) => !detail.never && detail.survey);
document.addEventListener("puls-route", ({ detail }) => detail.route.length);
document.addEventListener("puls-released", ({ detail: { mechanism } }) => {
  if (mechanism.kind === "randomised") return mechanism.epsilon;
  if (mechanism.kind === "batched") return mechanism.k;
  return mechanism.kind satisfies "direct";
});
document.addEventListener("puls-track", ({ detail }) => detail.toUpperCase());
document.addEventListener("puls-error", ({ detail }) => describe(detail.code, detail.message));
// @ts-expect-error: an event tells no answer
document.addEventListener("puls-answered", ({ detail }) => detail.answer);

const attributes: PulsSurveyAttributes = {
  survey: "nps",
  endpoint: "https://surveys.example.com/v1/releases",
  display: "bar",
  corner: "top-start",
  preset: "plain",
  trigger: "scroll:50% event:task-done",
  sample: 0.25,
  recontact: 30,
  lang: "sv-FI",
  theme: "auto",
  "segment-unit": "billing",
  "text-product": "Lamp",
};
// @ts-expect-error: a survey has to be named
const nameless: PulsSurveyAttributes = { display: "inline" };
// @ts-expect-error: there is no such display
const sideways: PulsSurveyAttributes = { survey: "nps", display: "sideways" };

const handlers: PulsHandlers = { "onpuls-completed": (event: PulsEventMap["puls-completed"]) => event.detail.survey };
const names: (keyof PulsDetails)[] = [
  "shown",
  "answered",
  "released",
  "completed",
  "dismissed",
  "route",
  "track",
  "error",
];

export { attributes, handlers, nameless, names, opened, sideways };
