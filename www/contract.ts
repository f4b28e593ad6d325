// What loader, glue and page have to know of one another. There are types alone here, so that nothing is loaded for them.

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

/** <puls-survey>, as far as the page around it goes. */
export type Host = HTMLElement & { close(): void };

/** What is on its way for a survey. */
export type Coming = [wasm: Promise<Response>, definition: Promise<Response>, screen?: Promise<Response>];

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
