import type { PulsEventMap, PulsSurvey } from "puls-survey";
import type {} from "puls-survey/react";
import { useEffect, useRef } from "react";

interface RatingProps {
  agent: string;
  onSent(what: string): void;
}

export function Rating({ agent, onSent }: RatingProps) {
  const survey = useRef<PulsSurvey>(null);
  useEffect(() => {
    const element = survey.current!;
    const tell = ({ detail }: PulsEventMap["puls-released"]) => onSent(`Sent for ${detail.wave}`);
    element.addEventListener("puls-released", tell);
    return () => element.removeEventListener("puls-released", tell);
  }, [onSent]);
  return (
    <puls-survey
      ref={survey}
      survey="support-chat"
      display="inline"
      trigger="load"
      segment-agent={agent}
      onpuls-answered={({ detail }) => console.info(`answered: ${detail.item}`)}
    />
  );
}
