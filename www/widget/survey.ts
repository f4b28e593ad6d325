// A survey on screen: its first screen, what is mounted in the place of that, and its end.

import css from "puls-styles";
import { type Mounted as App, mount, type Page, type Spoken } from "puls-wasm";
import type { Host, Loader, Markup, Mounted, Showing } from "../contract";
import { showAhead } from "./ahead";
import { putAside, takeBack, wayOf } from "./aside";
import { freeForNext } from "./kiosk";
import { pageFor } from "./page";
import { followRoom } from "./room";
import { prepareSealing, sealingFor } from "./sealing";
import { hasEuropeanDigits, languageOf, speak } from "./spoken";
import { raise } from "./stage";

// Empty in the build for plain surveys, which are for one person's device.
declare const __SHARED__: string;
// Nor are those sealed.
declare const __SEALED__: string;

/**
 * One style sheet for all shadow roots, read while the WASM is still on its way; a constructed one needs no
 * permission of the page's CSP.
 */
const style = new CSSStyleSheet();
style.replaceSync(css);

/** A survey in its host. Until it is over it may be closed, which puts it aside, and shown again. */
export class Survey implements Mounted {
  /** Whether it came by itself. */
  readonly uncalled: boolean;
  /** How it was opened, by `wayOf`. */
  way?: string;
  readonly #host: Host;
  readonly #loader: Loader;
  readonly #shadow: ShadowRoot;
  readonly #root = document.createElement("div");
  readonly #ended = new AbortController();
  /** What the WASM is given of the page; there is none before it is mounted. */
  #page?: Page;
  /** What the WASM has mounted; nothing where the definition has mistakes. */
  #app?: App | undefined;
  /** Shows what is mounted, in the place of the first screen where that is there; gives what takes it down. */
  #raise = raise;
  /** Takes down what is shown. */
  #lower = (): void => {};
  /** Whether there is nothing left to go on with. */
  #isOver = false;

  constructor(host: Host, loader: Loader, uncalled: boolean) {
    this.#host = host;
    this.#loader = loader;
    this.uncalled = uncalled;
    this.#shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.#shadow.adoptedStyleSheets = [style];
  }

  /** Shows its first screen until it is mounted. */
  showAhead(showing: Showing, screen?: Markup): void {
    if (!screen || this.#page || !showing.wanted() || !hasEuropeanDigits(screen[1].lang!)) return;
    const ahead = this.#shadow.appendChild(document.createElement("div"));
    const handOver = showAhead(ahead, screen, this.#host, this.uncalled);
    const lower = raise(ahead);
    this.#lower = lower;
    this.#raise = (root) => {
      handOver(root);
      return lower;
    };
    showing.mounted(this);
  }

  /** Mounts it, unless nobody wants it any more. */
  mount(showing: Showing, definition: string, spoken: Spoken, kept?: string): void {
    if (!showing.wanted()) return;
    const host = this.#host;
    this.way = wayOf(host);
    this.#page = pageFor(host, this.#loader, this, kept);
    if (__SEALED__) Object.assign(this.#page, sealingFor(host, this.#loader));
    // Until it is in its place, it would stand in the page's flow, beside the first screen.
    this.#root.hidden = true;
    this.#shadow.append(this.#root);
    const app = mount(host, this.#root, definition, spoken, this.#page);
    this.#app = app;
    // The page may have closed it as soon as it was told that it is shown.
    if (!showing.wanted()) {
      this.#isOver = true;
      return this.unmount();
    }
    showing.mounted(app && this);
    if (!app) {
      this.#lower();
      return this.#shadow.replaceChildren();
    }
    const { signal } = this.#ended;
    // On a device that several people share, whoever opens it again may be somebody else.
    if (__SHARED__) this.#isOver ||= app.is_shared();
    if (__SHARED__ && app.is_kiosk())
      freeForNext(
        host,
        () => app.ask(),
        () => app.restart(),
        signal,
      );
    if (__SEALED__ && app.is_sealed()) prepareSealing(host, this.#loader, definition);
    this.#followLanguage(app, definition, spoken.language);
    document.addEventListener("puls-forget", () => this.#forget(), { signal });
  }

  /** What is mounted has its first screen. */
  shown(): void {
    this.#root.hidden = false;
    const lower = this.#raise(this.#root);
    this.#lower = lower;
    // The first screen is gone.
    this.#raise = raise;
    if (!__SHARED__) return;
    const leave = followRoom(this.#root, (width, inUse) => this.#app?.fit(width, inUse));
    this.#lower = () => {
      leave();
      lower();
    };
  }

  /** The next person's turn. */
  restart(): void {
    if (__SHARED__) this.#app?.restart();
  }

  /** Its answers are sent. */
  sent(): void {
    this.#isOver = true;
  }

  /** Takes it down, and puts it aside unless it is over. */
  unmount(): void {
    this.#lower();
    if (!this.#page) return;
    this.#isOver ||= !this.#host.isConnected;
    this.#isOver ? this.end() : putAside(this.#host, this);
  }

  /** Shows it again where it was put aside. */
  resume(showing: Showing): void {
    this.#shadow.append(this.#root);
    showing.mounted(this);
    this.#page!.emit("puls-shown", JSON.stringify({ survey: this.#host.getAttribute("survey") }));
  }

  /** Forgets what was answered, for good. */
  end(): void {
    if (!this.#ended.signal.aborted) this.#app?.unmount();
    this.#ended.abort();
  }

  #forget(): void {
    this.#isOver = true;
    takeBack(this.#host)?.end();
  }

  /** Lets it go on in another language when the page, or the element itself, changes to one. */
  #followLanguage(app: App, definition: string, language: string): void {
    const { signal } = this.#ended;
    const observer = new MutationObserver(async () => {
      const now = languageOf(this.#host, definition);
      if (now == language) return;
      language = now;
      try {
        const spoken = await speak(now, this.#loader);
        if (language == now && !signal.aborted) app.speak(spoken);
      } catch (error) {
        this.#loader.fail(this.#host, "load", error);
      }
    });
    observer.observe(document, { attributeFilter: ["lang"], subtree: true });
    signal.addEventListener("abort", () => observer.disconnect());
  }
}
