// `<puls-survey>` in Vue's templates: `import type {} from "puls-survey/vue"`.

import type { HTMLAttributes, PublicProps } from "vue";
import type { PulsDetails, PulsSurveyAttributes } from "./index.js";

/** `onPulsCompleted`, which is what Vue makes of `@puls-completed`. */
type Listeners = {
  [Name in keyof PulsDetails as `onPuls${Capitalize<Name>}`]?: (event: CustomEvent<PulsDetails[Name]>) => void;
};

declare module "vue" {
  interface GlobalComponents {
    "puls-survey": new () => { $props: PublicProps & HTMLAttributes & PulsSurveyAttributes & Listeners };
  }
}
