// What the loader fetches beside the WASM: the survey on its way to the screen, wasm-bindgen's glue, and the
// style sheet.

import css from "puls-styles";
import init, { mount, type Spoken, type Mounted as Survey } from "puls-wasm";
import type { Coming, Host, Lent, Loader, Showing } from "./contract";
import { showAhead } from "./widget/ahead";
import { goOn, putAside, takeBack, wayOf } from "./widget/aside";
import { freeForNext } from "./widget/kiosk";
import { loaderFrom } from "./widget/loader";
import { post } from "./widget/outbox";
import { pageFor } from "./widget/page";
import { askForDay } from "./widget/parcel";
import { receive } from "./widget/received";
import { followRoom } from "./widget/room";
import { sealAll, sealing } from "./widget/sealing";
import { read } from "./widget/shared";
import { hasEuropeanDigits, languageOf, speak } from "./widget/spoken";
import { raise } from "./widget/stage";

// Empty in the build for plain surveys, which are for one person's device.
declare const __SHARED__: string;
// Nor are those sealed.
declare const __SEALED__: string;

export { flush } from "./widget/loader";

/** What puts a survey in its place, where its first screen may be already, and takes it down again. */
interface Place {
  take(root: HTMLElement): () => void;
  lower(): void;
}

/**
 * One style sheet for all shadow roots, read while the WASM is still on its way; a constructed one needs no
 * permission of the page's CSP.
 */
const style = new CSSStyleSheet();
style.replaceSync(css);

/** Shows a survey in `host` as soon as there is anything of it to show, and as long as it is `wanted`. */
export async function show(host: Host, lent: Lent, coming: Coming, showing: Showing): Promise<void> {
  if (goOn(host, showing)) return;
  const loader = loaderFrom(lent);
  const received = receive(coming);
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [style];
  const place: Place = { take: raise, lower() {} };
  let ready = false;
  received.screen.then((screen) => {
    if (!screen || ready || !showing.wanted() || !hasEuropeanDigits(screen[1].lang!)) return;
    const ahead = shadow.appendChild(document.createElement("div"));
    const handOver = showAhead(ahead, screen, host, !!showing.signal);
    const lower = (place.lower = raise(ahead));
    place.take = (root) => {
      handOver(root);
      return lower;
    };
    showing.mounted({ unmount: lower });
  });
  const reading = read(loader, host.getAttribute("survey")!);
  const definition = await received.definition;
  const [spoken, kept] = await Promise.all([
    speak(languageOf(host, definition), loader),
    reading,
    start(received.module),
  ]);
  if (!showing.wanted()) return;
  ready = true;
  begin(host, loader, definition, spoken, kept, place, showing);
}

const start = async (module: Promise<WebAssembly.Module>): Promise<unknown> => init({ module_or_path: await module });

/** Mounts a survey. Until it is over it may be closed, which puts it aside, and shown again. */
function begin(
  host: Host,
  loader: Loader,
  definition: string,
  spoken: Spoken,
  kept: string | undefined,
  place: Place,
  showing: Showing,
): void {
  const shadow = host.shadowRoot!;
  const root = shadow.appendChild(document.createElement("div"));
  // Until it is in its place, it would stand in the page's flow, beside the first screen.
  root.hidden = true;
  const ended = new AbortController();
  const { signal } = ended;
  let { lower } = place;
  // On a device that several people share, whoever opens it again may be somebody else.
  let over = !!__SHARED__ && /"batched"/.test(definition);
  const page = pageFor(host, loader, {
    uncalled: !!showing.signal,
    kept,
    shown: () => {
      root.hidden = false;
      const down = place.take(root);
      const leave = __SHARED__ ? followRoom(root, (width, inUse) => mounted?.fit(width, inUse)) : down;
      lower = () => {
        leave();
        down();
      };
    },
    restart: () => mounted?.restart(),
    sent: () => (over = true),
  });
  if (__SEALED__ && /"kind":\s*"sealed"/.test(definition)) {
    // It is needed with the last answer, and what is wrong with it is told then.
    sealing(loader).then(
      ({ askForKeys }) => askForKeys(host, definition),
      () => {},
    );
    // A report's time is sealed with it.
    askForDay(loader).catch(() => {});
    page.upload = (url, report, shown) => {
      post(loader, url, report, "soon");
      loader.emit(host, "puls-released", JSON.parse(shown));
    };
    page.seal = (leader, helper, precision, answers, done) => {
      sealAll(loader, leader, helper, precision, answers).then(done, (error) => {
        loader.fail(host, "sealed", error);
        done();
      });
    };
  }
  const way = wayOf(host);
  const mounted = mount(host, root, definition, spoken, page);
  const end = (): void => {
    if (!signal.aborted) mounted?.unmount();
    ended.abort();
  };
  const resume = (showing: Showing): void => {
    place.take = raise;
    shadow.append(root);
    showing.mounted({ unmount });
    page.emit("puls-shown", JSON.stringify({ survey: host.getAttribute("survey") }));
  };
  const unmount = (): void => {
    lower();
    over ||= !host.isConnected;
    over ? end() : putAside(host, { way, resume, end });
  };
  // The page may have closed it as soon as it was told that it is shown.
  over ||= !showing.wanted();
  if (!showing.wanted()) return unmount();
  showing.mounted(mounted && { unmount });
  if (!mounted) {
    lower();
    return shadow.replaceChildren();
  }
  if (__SHARED__ && mounted.is_kiosk()) {
    over = true;
    freeForNext(host, () => mounted.ask(), page.restart, signal);
  }
  followLanguage(host, loader, definition, spoken.language, mounted, signal);
  const forget = (): void => {
    over = true;
    takeBack(host)?.end();
  };
  document.addEventListener("puls-forget", forget, { signal });
}

/** Lets the survey go on in another language when the page, or the element itself, changes to one. */
function followLanguage(
  host: Host,
  loader: Loader,
  definition: string,
  language: string,
  mounted: Survey,
  signal: AbortSignal,
): void {
  const observer = new MutationObserver(async () => {
    const now = languageOf(host, definition);
    if (now == language) return;
    language = now;
    try {
      const spoken = await speak(now, loader);
      if (language == now && !signal.aborted) mounted.speak(spoken);
    } catch (error) {
      loader.fail(host, "load", error);
    }
  });
  observer.observe(document, { attributeFilter: ["lang"], subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
}
