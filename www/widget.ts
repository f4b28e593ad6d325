// The glue, which the loader fetches beside the WebAssembly: it brings a survey to the screen. It includes
// wasm-bindgen's own glue and the style sheet.

import init from "puls-wasm";
import type { Coming, Host, Lent, Showing } from "./contract";
import { goOn } from "./widget/aside";
import { loaderFrom } from "./widget/loader";
import { receive } from "./widget/received";
import { read } from "./widget/shared";
import { languageOf, speak } from "./widget/spoken";
import { Survey } from "./widget/survey";

export { flush } from "./widget/loader";

/** Shows a survey in `host` as soon as there is something to show, unless it is no longer `wanted`. */
export async function show(host: Host, lent: Lent, coming: Coming, showing: Showing): Promise<void> {
  if (goOn(host, showing)) return;
  const loader = loaderFrom(lent);
  const received = receive(coming);
  const survey = new Survey(host, loader, !!showing.signal);
  received.screen.then((screen) => survey.showAhead(showing, screen));
  const reading = read(loader, host.getAttribute("survey")!);
  const definition = await received.definition;
  const [spoken, kept] = await Promise.all([
    speak(languageOf(host, definition), loader),
    reading,
    start(received.module),
  ]);
  survey.mount(showing, definition, spoken, kept);
}

const start = async (module: Promise<WebAssembly.Module>): Promise<unknown> => init({ module_or_path: await module });
