// What the loader fetches beside the WASM: the survey on its way to the screen, wasm-bindgen's glue, and the
// style sheet.

import init, { mount, type Mounted as Survey } from "puls-wasm";
import { type Markup, showAhead } from "./widget/ahead";
import { type Lent, loaderFrom } from "./widget/loader";
import { freeForNext } from "./widget/kiosk";
import { raise } from "./widget/stage";
import { hasEuropeanDigits, languageOf, speak } from "./widget/spoken";
import { type Host, type Loader, pageFor } from "./widget/page";
import { type Coming, receive } from "./widget/received";
import css from "puls-styles";

// Empty in the build for plain surveys, which no kiosk shows.
declare const __KIOSK__: string;

export { flush } from "./widget/loader";
export type { Coming, Lent };
export type Widget = typeof import("./widget");

/** A survey on screen. */
export interface Mounted {
  /** Takes it off the page. */
  unmount(): void;
}

/** What the element that a survey is shown in has to say and to know. */
export interface Showing {
  /** Of the WASM that belongs to this file. */
  hash: string;
  wanted(): boolean;
  mounted(survey: Mounted | undefined): void;
}

/**
 * One style sheet for all shadow roots, read while the WASM is still on its way; a constructed one needs no
 * permission of the page's CSP.
 */
const style = new CSSStyleSheet();
style.replaceSync(css);

/** Shows a survey in `host` as soon as there is anything of it to show, and as long as it is `wanted`. */
export async function show(host: Host, lent: Lent, coming: Coming, showing: Showing): Promise<void> {
  const loader = loaderFrom(lent);
  const received = receive(coming, showing.hash);
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [style];
  let handOver: ReturnType<typeof showAhead> | undefined;
  let lower = (): void => {};
  let ready = false;
  received.screen.then((screen) => {
    if (!screen || ready || !showing.wanted() || !hasEuropeanDigits(screen[1].lang!)) return;
    const ahead = shadow.appendChild(document.createElement("div"));
    handOver = showAhead(ahead, screen, host);
    lower = raise(ahead);
    showing.mounted({ unmount: lower });
  });
  const definition = await received.definition;
  const language = languageOf(host, definition);
  const [spoken] = await Promise.all([speak(language, loader), start(received.module)]);
  if (!showing.wanted()) return;
  ready = true;
  const root = shadow.appendChild(document.createElement("div"));
  const shown = (): void => {
    if (handOver) handOver(root);
    else lower = raise(root);
  };
  const page = pageFor(host, loader, { shown, restart: () => mounted?.restart() });
  const mounted = mount(host, root, definition, spoken, page);
  const closed = new AbortController();
  const unmount = (): void => {
    closed.abort();
    mounted?.unmount();
    lower();
  };
  // The page may have closed it as soon as it was told that it is shown.
  if (!showing.wanted()) return unmount();
  showing.mounted(mounted && { unmount });
  if (!mounted) {
    lower();
    return shadow.replaceChildren();
  }
  if (__KIOSK__ && mounted.is_kiosk()) freeForNext(host, () => mounted.restart(), closed.signal);
  followLanguage(host, loader, definition, language, mounted, showing);
}

const start = async (module: Promise<WebAssembly.Module>): Promise<unknown> =>
  init({ module_or_path: await module });

/** Lets the survey go on in another language when the page, or the element itself, changes to one. */
function followLanguage(
  host: Host,
  loader: Loader,
  definition: string,
  language: string,
  mounted: Survey,
  showing: Showing,
): void {
  const observer = new MutationObserver(async () => {
    if (!showing.wanted()) return observer.disconnect();
    const now = languageOf(host, definition);
    if (now == language) return;
    language = now;
    try {
      const spoken = await speak(now, loader);
      if (language == now && showing.wanted()) mounted.speak(spoken);
    } catch (error) {
      loader.fail(host, "load", error);
    }
  });
  observer.observe(document, { attributeFilter: ["lang"], subtree: true });
}
