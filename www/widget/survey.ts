// A survey on screen, from the screen that is shown ahead over the mounted widget to its end.

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

// Empty in the small build, since plain surveys are for one person's device.
declare const __SHARED__: string;
// Empty in the small build, since plain surveys aren't sealed.
declare const __SEALED__: string;

/**
 * One style sheet for all shadow roots, parsed while the WebAssembly loads. The page's CSP doesn't have to allow a
 * constructed one.
 */
const style = new CSSStyleSheet();
style.replaceSync(css);

/** A survey in its host. Closing it puts it aside, so that it can be shown again, until it is over. */
export class Survey implements Mounted {
  /** Whether a trigger opened it. */
  readonly uncalled: boolean;
  /** The way in which it was opened; see `wayOf`. */
  way?: string;
  readonly #host: Host;
  readonly #loader: Loader;
  readonly #shadow: ShadowRoot;
  readonly #root = document.createElement("div");
  readonly #ended = new AbortController();
  /** What the WebAssembly gets to deal with the page. Set when the survey is mounted. */
  #page?: Page;
  /** What the WebAssembly has mounted; `undefined` if the definition has mistakes. */
  #app?: App | undefined;
  /** Shows what is mounted, in place of the screen ahead if there is one. Returns the function that takes it down. */
  #raise = raise;
  /** Takes down what is shown now. */
  #lower = (): void => {};
  /** Whether it can't be put aside and go on later. */
  #isOver = false;

  constructor(host: Host, loader: Loader, uncalled: boolean) {
    this.#host = host;
    this.#loader = loader;
    this.uncalled = uncalled;
    this.#shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.#shadow.adoptedStyleSheets = [style];
  }

  /** Shows the first screen ahead, until the widget is mounted. */
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

  /** Mounts the widget, unless the survey is no longer wanted. */
  mount(showing: Showing, definition: string, spoken: Spoken, kept?: string): void {
    if (!showing.wanted()) return;
    const host = this.#host;
    this.way = wayOf(host);
    this.#page = pageFor(host, this.#loader, this, kept);
    if (__SEALED__) Object.assign(this.#page, sealingFor(host, this.#loader));
    // Hidden until `shown`, or it would stand in the page's flow beside the screen ahead.
    this.#root.hidden = true;
    this.#shadow.append(this.#root);
    const app = mount(host, this.#root, definition, spoken, this.#page);
    this.#app = app;
    // The page may have closed the survey when it got `puls-shown`.
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
    // On a device that several people share, whoever opens the survey again may be somebody else.
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

  /** The widget has rendered its first screen. */
  shown(): void {
    this.#root.hidden = false;
    const lower = this.#raise(this.#root);
    this.#lower = lower;
    // The screen ahead is gone.
    this.#raise = raise;
    if (!__SHARED__) return;
    const leave = followRoom(this.#root, (width, inUse) => this.#app?.fit(width, inUse));
    this.#lower = () => {
      leave();
      lower();
    };
  }

  /** Starts the survey again for the next person. */
  restart(): void {
    if (__SHARED__) this.#app?.restart();
  }

  /** Notes that the answers are sent. */
  sent(): void {
    this.#isOver = true;
  }

  /** Takes the survey down, and puts it aside unless it is over. */
  unmount(): void {
    this.#lower();
    if (!this.#page) return;
    this.#isOver ||= !this.#host.isConnected;
    if (!this.#isOver) putAside(this.#host, this);
    else {
      // It may have been put aside before its element left the page.
      takeBack(this.#host);
      this.end();
    }
  }

  /** Shows a survey again that was put aside. */
  resume(showing: Showing): void {
    this.#shadow.append(this.#root);
    showing.mounted(this);
    this.#page!.emit("puls-shown", JSON.stringify({ survey: this.#host.getAttribute("survey") }));
  }

  /** Ends the survey for good, and forgets its answers. */
  end(): void {
    if (!this.#ended.signal.aborted) this.#app?.unmount();
    this.#ended.abort();
  }

  #forget(): void {
    this.#isOver = true;
    takeBack(this.#host)?.end();
  }

  /** Goes on in another language when the page or the element itself changes to one. */
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
