// Sealed surveys: what splits and seals their answers is fetched when one of them is shown.

import type { Page } from "puls-wasm";
import type { Host, Loader } from "../contract";
import { once } from "../loader/asking";
import type { SealedModule } from "../sealed";
import { now } from "./clock";
import { post } from "./outbox";
import { addressOf } from "./page";
import { askForDay } from "./parcel";

// The script's path and its hash; empty in the build for plain surveys, which aren't sealed.
declare const __SEALED__: string;
declare const __SEALED_HASH__: string;

let module: (() => Promise<SealedModule>) | undefined;

/** Fetches the script, once for all surveys of the page. */
function sealing(loader: Loader): Promise<SealedModule> {
  module ??= once(async () => {
    const href = addressOf(loader, __SEALED__);
    // `import()` takes no hash, but it uses what a preload with one has put into the module map.
    const link = { rel: "modulepreload", integrity: __SEALED_HASH__, ...loader.quietly, href };
    document.head.append(Object.assign(document.createElement("link"), link));
    return import(href);
  });
  return module();
}

/** What it takes to seal the answers of the survey in `host`. What goes wrong is told when it is needed, with the last answer. */
export function prepareSealing(host: Host, loader: Loader, definition: string): void {
  sealing(loader).then(
    ({ askForKeys }) => askForKeys(host, definition),
    () => {},
  );
  // A report's time is sealed with it.
  askForDay(loader).catch(() => {});
}

/** What the WASM is given of the page to seal answers, and to upload the reports. */
export const sealingFor = (host: Host, loader: Loader): Pick<Page, "seal" | "upload"> => ({
  seal(leader, helper, precision, answers, done) {
    sealAll(loader, leader, helper, precision, answers).then(done, (error) => {
      loader.fail(host, "sealed", error);
      done();
    });
  },
  upload(url, report, shown) {
    post(loader, url, report, "soon");
    loader.emit(host, "puls-released", JSON.parse(shown));
  },
});

/** Splits and seals answers; gives for each its address, its message and what can be read of it. */
async function sealAll(
  loader: Loader,
  leader: string,
  helper: string,
  precision: number,
  answers: [task: string, bits: number, cells: Uint32Array][],
): Promise<string[]> {
  const { keyOf, seal, start } = await sealing(loader);
  const hpke = await start((path) => addressOf(loader, path));
  const reports = await Promise.all(
    answers.map(async ([task, bits, cells]) => {
      const keys = await Promise.all([keyOf(leader, task), keyOf(helper, task)]);
      const { report, shown } = await seal(task, bits, cells, keys, now(), precision, hpke);
      return [`${leader}/tasks/${task}/reports`, btoa(String.fromCharCode(...report)), JSON.stringify(shown, null, 2)];
    }),
  );
  return reports.flat();
}
