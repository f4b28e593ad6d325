// The types that loader, glue and page share, and those that several modules of one of them do. There are types alone here, so
// that nothing is loaded for them.

/** What the loader has and lends: it alone knows where it came from, and what storage refused. */
export interface Loader {
  origin: string;
  /** The address of a file of the widget's; at the origin where this isn't lent. */
  file?: (path: string) => string;
  quietly: RequestInit;
  load(key: string): string | undefined;
  /** Keeps a text; without one, erases what is kept. */
  store(key: string, text?: string): void;
  /** The keys of all releases in the outbox. */
  waiting(): string[];
  /** Whether the person asks not to be remembered beyond this session. */
  isPrivate(): boolean;
  emit(host: EventTarget, name: string, detail: unknown): void;
  fail(host: EventTarget, code: string, message: unknown): void;
  noteSeen(survey: string, answer: Answer, uncalled: boolean): void;
}

/** What the loader alone has: it knows where it came from, and what storage refused. */
export type Lent = Pick<Loader, "origin" | "file" | "isPrivate" | "load" | "store" | "waiting">;

/** What a person made of a survey: sent it, put it off, or asked that it never comes again. */
export type Answer = "sent" | "later" | "never";

/** Which pages a survey belongs to, by patterns for their paths. */
interface Pages {
  include?: string[];
  exclude?: string[];
}

/** A definition's `show`, as far as the loader needs it, with the patterns beside the rest. */
export interface Rules extends Pages {
  trigger?: string[];
  display?: string;
  recontact_days?: number;
  cooldown_days?: number;
  sample?: number;
  pages?: Pages;
  /** The first day and the last one, such as 2026-11-21. */
  from?: string;
  until?: string;
  /** Whether the smaller widget does. */
  plain?: boolean;
}

/** <puls-survey>, as far as the page around it goes. */
export type Host = HTMLElement & { close(): void };

/** What is on its way for a survey. */
export type Coming = [wasm: Promise<Response>, definition: Promise<Response>, screen?: Promise<Response>];

/** An element, as its name, its attributes and its children. */
export type Markup = [name: string, attributes: Record<string, string>, ...children: (Markup | string)[]];

/** A survey on screen. */
export interface Mounted {
  /** Takes it off the page. */
  unmount(): void;
}

/** What the element that a survey is shown in has to say and to know. */
export interface Showing {
  wanted(): boolean;
  mounted(survey: Mounted | undefined): void;
  /** Calls off its coming by itself; without one the page has called it. */
  signal?: AbortSignal | undefined;
}

/** The glue, as the loader fetches it. */
export interface Widget {
  /** Shows a survey in `host` as soon as there is anything of it to show, and as long as it is `wanted`. */
  show(host: Host, lent: Lent, coming: Coming, showing: Showing): Promise<void>;
  /** Sends what earlier page views left behind. */
  flush(lent: Lent): void;
}

/**
 * When a release leaves: `at_once`; `soon`, after a time drawn by chance, since it would tell how long somebody took to
 * answer; or `apart` from others, which nothing may tie to it.
 */
export type Departure = "at_once" | "soon" | "apart";

/** One post, as it is stored. */
export interface Parcel {
  url: string;
  body: string;
  /** Whether it is one of several that nothing may tie together. */
  apart: boolean;
  /** How many tries have failed. */
  tries: number;
  /** Until when nobody is to try it, in milliseconds since 1970: a page is at it, or the endpoint has asked to wait. */
  due: number;
}

/** Bytes that the browser's cryptography takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What seals: gives the encapsulated key and then the ciphertext. */
export type Seal = (key: Bytes, info: Bytes, bound: Bytes, plaintext: Bytes) => Promise<Bytes>;
