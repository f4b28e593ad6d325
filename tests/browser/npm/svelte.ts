import type {} from "puls-survey/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

type Properties = SvelteHTMLElements["puls-survey"];

export const good: Properties = {
  class: "pulse",
  survey: "engagement-pulse",
  "segment-unit": "billing",
  "onpuls-released": ({ detail }) => detail.items,
};
// @ts-expect-error: a survey has to be named
export const nameless: Properties = {};
// @ts-expect-error: an event tells no answer
export const telling: Properties = { survey: "nps", "onpuls-answered": ({ detail }) => detail.answer };
