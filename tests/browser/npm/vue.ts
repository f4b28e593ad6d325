import type {} from "puls-survey/vue";
import type { GlobalComponents } from "vue";

type Properties = InstanceType<GlobalComponents["puls-survey"]>["$props"];

export const good: Properties = {
  class: "pulse",
  survey: "engagement-pulse",
  "segment-unit": "billing",
  onPulsReleased: ({ detail }) => detail.items,
};
// @ts-expect-error: a survey has to be named
export const nameless: Properties = {};
// @ts-expect-error: an event tells no answer
export const telling: Properties = { survey: "nps", onPulsAnswered: ({ detail }) => detail.answer };
