// Sealed surveys: the script that splits and seals their answers is fetched when the first of them is shown.

import type { Page } from "puls-wasm";
import type { Host, Loader } from "../contract";
import { once } from "../loader/asking";
import type { SealedModule } from "../sealed";
import { now } from "./clock";
import { post } from "./outbox";
import { addressOf } from "./page";
import { askForDay } from "./parcel";

// The script's path and hash; empty in the small build, since plain surveys aren't sealed.
declare const __SEALED__: string;
declare const __SEALED_HASH__: string;

let module: (() => Promise<SealedModule>) | undefined;

/** Fetches the script, once for all surveys of the page. */
function sealing(loader: Loader): Promise<SealedModule> {
  module ??= once(async () => {
    const href = addressOf(loader, __SEALED__);
    // `import()` takes no hash, but it uses what a preload with a hash has put into the module map.
    const link = { rel: "modulepreload", integrity: __SEALED_HASH__, ...loader.quietly, href };
    document.head.append(Object.assign(document.createElement("link"), link));
    return import(href);
  });
  return module();
}

/**
 * Fetches what it takes to seal the answers of the survey in `host`. Failures are reported when it is needed, after the
 * last answer.
 */
export function prepareSealing(host: Host, loader: Loader, definition: string): void {
  sealing(loader).then(
    ({ askForKeys }) => askForKeys(host, definition),
    () => {},
  );
  // Reports need the right time, which can't be changed once they are sealed.
  askForDay(loader).catch(() => {});
}

/** The functions of `Page` that seal answers and upload reports. */
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

/** Splits and seals answers. Returns three texts for each: its address, its message and its readable part. */
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
