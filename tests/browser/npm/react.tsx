/** @jsxImportSource react */

import type { PulsSurvey } from "puls-survey";
import type {} from "puls-survey/react";
import { createRef } from "react";

const survey = createRef<PulsSurvey>();

export const good = (
  <puls-survey
    ref={survey}
    className="pulse"
    survey="engagement-pulse"
    display="inline"
    recontact={0}
    segment-unit="billing"
    onpuls-released={({ detail }) => detail.items}
  />
);
// @ts-expect-error: a survey has to be named
export const nameless = <puls-survey />;
// @ts-expect-error: there is no such display
export const sideways = <puls-survey survey="nps" display="sideways" />;
// @ts-expect-error: an event tells no answer
export const telling = <puls-survey survey="nps" onpuls-answered={({ detail }) => detail.answer} />;
