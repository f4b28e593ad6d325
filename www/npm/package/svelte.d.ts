// `<puls-survey>` in Svelte's templates: `import type {} from "puls-survey/svelte"`.

import type { HTMLAttributes } from "svelte/elements";
import type { PulsHandlers, PulsSurvey, PulsSurveyAttributes } from "./index.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "puls-survey": HTMLAttributes<PulsSurvey> & PulsSurveyAttributes & PulsHandlers;
  }
}
