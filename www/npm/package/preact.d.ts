// `<puls-survey>` in JSX, for Preact: `import type {} from "puls-survey/preact"`.

import type { HTMLAttributes } from "preact";
import type { PulsHandlers, PulsSurvey, PulsSurveyAttributes } from "./index.js";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "puls-survey": HTMLAttributes<PulsSurvey> & PulsSurveyAttributes & PulsHandlers;
    }
  }
}
