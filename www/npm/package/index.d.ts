/** Where things are. */
export interface PulsSettings {
  /** The collector's origin, such as `https://surveys.example.com`; the page's own when left out. */
  origin?: string | undefined;
  /** The folder that holds the package's `assets/`, where no bundler puts them in place. */
  files?: string | undefined;
}

/**
 * Says where things are, for surveys that are opened from now on, and defines `<puls-survey>`. Call it in the task that
 * first imports the package. At the end of that task the element is defined in any case, and begins to fetch surveys.
 */
export function configure(settings: PulsSettings): void;

/** Defines `<puls-survey>` now, unless it is defined; importing the package does the same at the end of the task. */
export function definePuls(): void;

/** Runs a command. Commands wait until the element is defined. */
export const puls: Puls;

export interface Puls {
  /** Opens the element of a survey, or makes one at the end of the body. */
  (command: "open", survey: string, options?: PulsOpenOptions): void;
  /** Closes every survey on the page. */
  (command: "close"): void;
  /** Calls `then` for each event of this name, given without `puls-`. */
  <Name extends keyof PulsDetails>(command: "on", event: Name, then: (detail: PulsDetails[Name]) => void): void;
  /** Makes surveys with the trigger `event:NAME` due, since NAME has happened on the page. */
  (command: "track", event: string): void;
  /** Erases everything that Puls stored for this origin in this browser. */
  (command: "forget"): void;
  /** The calls that were made before the loader was there. */
  q?: ArrayLike<unknown>[] | undefined;
}

/** What a survey is opened with: attributes by name, and values of segments by the segment's name. */
export interface PulsOpenOptions extends Omit<Partial<PulsSurveyAttributes>, "survey"> {
  segment?: Record<string, string> | undefined;
}

/** `<puls-survey>`. */
export class PulsSurvey extends HTMLElement {
  /** Shows the survey now, regardless of its triggers and of when it was last seen. */
  open(): Promise<void>;
  /**
   * Takes the survey off the page. If it is opened again in the same way, it goes on where it was, unless it was sent,
   * the element was taken off the page, or several people share the device.
   */
  close(): void;
}

/** The element's attributes. */
export interface PulsSurveyAttributes {
  /** The id of a survey that the collector serves, or the address of a definition. */
  survey: string;
  /** Where releases are posted; `/v1/releases` at the collector when left out. */
  endpoint?: string | undefined;
  /**
   * Where the survey appears. The definition decides when this, `corner`, `preset`, `trigger`, `sample` or `recontact`
   * is left out.
   */
  display?: "popover" | "modal" | "bar" | "inline" | "page" | "kiosk" | undefined;
  /** The corner of a popover or a bar, by the direction of writing. */
  corner?: "bottom-end" | "bottom-start" | "top-end" | "top-start" | undefined;
  /** How it looks. */
  preset?: "calm" | "bright" | "plain" | undefined;
  /**
   * What makes it due: `load`, `delay:5s`, `scroll:50%`, `exit`, `idle:30s`, `click:SELECTOR`, `event:NAME` or `manual`;
   * several separated by spaces. `open` opens it at once, whatever its rules.
   */
  trigger?: string | undefined;
  /** The share of page loads that are asked, 0 to 1. */
  sample?: number | string | undefined;
  /** Days before a trigger shows it again in this browser, 0 to 9999. */
  recontact?: number | string | undefined;
  /** A BCP 47 tag; the nearest `lang` around the element when left out. */
  lang?: string | undefined;
  /** `auto`, which follows the browser, when left out. */
  theme?: "light" | "dark" | "auto" | undefined;
  /** A value that the definition's segment of this name declares. */
  [segment: `segment-${string}`]: string | undefined;
  /** What stands for `{NAME}` in the survey's texts, if the definition has such a piece. It is shown, never sent. */
  [piece: `text-${string}`]: string | undefined;
}

/** A release: counts that were protected in the browser. Nothing else is ever posted. */
export interface PulsRelease {
  format: "puls-release/1";
  /** 128 random bits in hexadecimal, new for each release. */
  id: string;
  survey: string;
  version: number;
  /** A week, month or quarter, such as `2026-W47`, `2026-11` or `2026-Q4`. */
  wave: string;
  segment: Record<string, string>;
  /** With `direct`, each line of a person's answers is a release of its own, and `puls-released` comes for each. */
  mechanism: { kind: "randomised"; epsilon: number } | { kind: "batched"; k: number } | { kind: "direct" };
  respondents: number;
  items: Record<string, { cells: number[]; missing: number }>;
  /** For a survey with `joint` lines: sums of products over those who answered all of these. */
  joint?: { respondents: number; products: number[] };
}

/**
 * The detail of each event, by the event's name without `puls-`. No event tells an answer, except as the release that
 * is posted.
 */
export interface PulsDetails {
  /** The first screen is there. */
  shown: { survey: string };
  /** An item was answered. Only for items that everybody is asked: that any other was asked would tell an answer. */
  answered: { survey: string; item: string };
  /** A release was handed to the outbox; it may not have arrived yet. */
  released: PulsRelease;
  /** The respondent pressed Send. */
  completed: { survey: string };
  /** The survey was closed before sending; `never` when the respondent asked not to be asked again. */
  dismissed: { survey: string; never: boolean };
  /** A link that the survey offered was followed. */
  route: { survey: string; route: string };
  /** `puls("track", …)` was called with this name. Dispatched on `document`. */
  track: string;
  /** `puls("forget")` was called. Dispatched on `document`. */
  forget: null;
  /** Something went wrong. */
  error: { code: PulsErrorCode; message: string };
}

/** What went wrong; the message says what was found and what is allowed. */
export type PulsErrorCode =
  | "attribute"
  | "definition"
  | "load"
  | "randomness"
  | "sealed"
  | "incomplete"
  | "spent"
  | "refused"
  | "waiting"
  | "dropped"
  | "command";

/** The events by name. All bubble, and cross shadow roots. */
export type PulsEventMap = { [Name in keyof PulsDetails as `puls-${Name}`]: CustomEvent<PulsDetails[Name]> };

/** The events' handlers as attributes of an element in JSX and in Svelte, such as `onpuls-completed`. */
export type PulsHandlers = {
  [Name in keyof PulsEventMap as `on${Name}`]?: ((event: PulsEventMap[Name]) => void) | undefined;
};

declare global {
  interface HTMLElementTagNameMap {
    "puls-survey": PulsSurvey;
  }
  // Of elements, documents and windows.
  interface GlobalEventHandlersEventMap extends PulsEventMap {}
  interface Window {
    puls: Puls;
  }
}
