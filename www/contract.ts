// The types that loader, glue and page share, and those that several modules of one of them share. This module has
// types only, so that no code is loaded for it.

/** What the glue has of the loader: everything that the loader lends, and the functions that the glue adds. */
export interface Loader {
  origin: string;
  /** The address of one of the widget's files. Without this function, files are at the origin. */
  file?: (path: string) => string;
  quietly: RequestInit;
  load(key: string): string | undefined;
  /** Keeps a text, or without one erases the text that is kept. */
  store(key: string, text?: string): void;
  /** The keys of all releases in the outbox. */
  waiting(): string[];
  /** Whether the respondent asks not to be remembered beyond this session. */
  isPrivate(): boolean;
  emit(host: EventTarget, name: string, detail: unknown): void;
  fail(host: EventTarget, code: string, message: unknown): void;
  noteSeen(survey: string, answer: Answer, uncalled: boolean): void;
}

/** What only the loader can lend: it knows where it came from, and remembers what storage refused. */
export type Lent = Pick<Loader, "origin" | "file" | "isPrivate" | "load" | "store" | "waiting">;

/** What a respondent did with a survey: sent it, put it off, or refused it for good. */
export type Answer = "sent" | "later" | "never";

/** Which pages a survey belongs to, by patterns for their paths. */
interface Pages {
  include?: string[];
  exclude?: string[];
}

/** A definition's `show`, as far as the loader needs it. The patterns of `pages` stand directly in it. */
export interface Rules extends Pages {
  trigger?: string[];
  display?: string;
  recontact_days?: number;
  cooldown_days?: number;
  sample?: number;
  pages?: Pages;
  /** The first and the last day, such as 2026-11-21. */
  from?: string;
  until?: string;
  /** Whether the small build of the widget is enough. */
  plain?: boolean;
}

/** <puls-survey>, as far as the glue needs it. */
export type Host = HTMLElement & { close(): void };

/** What the loader is fetching for a survey. */
export type Coming = [wasm: Promise<Response>, definition: Promise<Response>, screen?: Promise<Response>];

/** An element as data: its name, its attributes and its children. */
export type Markup = [name: string, attributes: Record<string, string>, ...children: (Markup | string)[]];

/** A survey on screen. */
export interface Mounted {
  /** Takes the survey off the page. */
  unmount(): void;
}

/** How the glue and the element that shows a survey talk to each other. */
export interface Showing {
  wanted(): boolean;
  mounted(survey: Mounted | undefined): void;
  /** Calls off a survey that a trigger opened. There is none if the page opened it. */
  signal?: AbortSignal | undefined;
}

/** The glue's exports, for the loader. */
export interface Widget {
  /** Shows a survey in `host` as soon as there is something to show, unless it is no longer `wanted`. */
  show(host: Host, lent: Lent, coming: Coming, showing: Showing): Promise<void>;
  /** Sends what earlier page views left in the outbox. */
  flush(lent: Lent): void;
}

/**
 * When a release leaves: `at_once`; `soon`, after a random time, since the exact time would tell how long somebody took
 * to answer; or `apart`, after a longer random time, since nothing may tie it to others.
 */
export type Departure = "at_once" | "soon" | "apart";

/** One post, as it is stored. */
export interface Parcel {
  url: string;
  body: string;
  /** Whether it is one of several posts that nothing may tie together. */
  apart: boolean;
  /** How many tries have failed. */
  tries: number;
  /**
   * Until when no page tries it, in milliseconds since 1970: a page is trying it, or the endpoint has asked to wait.
   */
  due: number;
}

/** Bytes as the browser's cryptography takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Seals a plaintext. Returns the encapsulated key, followed by the ciphertext. */
export type Seal = (key: Bytes, info: Bytes, bound: Bytes, plaintext: Bytes) => Promise<Bytes>;
