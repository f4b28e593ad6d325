// `<puls-survey>` in JSX, for React 19: `import type {} from "puls-survey/react"`.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { PulsHandlers, PulsSurvey, PulsSurveyAttributes } from "./index.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "puls-survey": DetailedHTMLProps<HTMLAttributes<PulsSurvey>, PulsSurvey> & PulsSurveyAttributes & PulsHandlers;
    }
  }
}
