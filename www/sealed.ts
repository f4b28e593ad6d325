// What a sealed survey takes beside the widget. Each answer is split in two by WebAssembly, each half is sealed for one
// of two aggregators, and what comes out is a message that either of them can open half of.

import init, { info, key, Report } from "puls-sealed-wasm";
import { type Bytes, canSeal, type Seal, seal as sealHere } from "./sealed/hpke";
import { quietly } from "./loader/quietly";

// The module of this file, and what stands in for a browser's own cryptography; each with its hash.
declare const __SEALED_WASM__: [path: string, integrity: string];
declare const __HPKE__: [glue: string, glueHash: string, wasm: string, wasmHash: string];

/** An answer: a byte for each cell of its task, which is 1 where it is answered. */
export interface Answer {
  /** The task's id, in base64url. */
  task: string;
  /** Whether more than one cell may be answered. */
  several: boolean;
  cells: Uint8Array;
}

/** Where a survey's tasks are. */
export interface Aggregators {
  leader: string;
  helper: string;
  /** What times are rounded to, in seconds. */
  precision: number;
}

export type SealedModule = typeof import("./sealed");

const ID_AND_SEEDS = 96;
const HELPER = [false, true];

const compile = (origin: string, path: string, integrity: string): Promise<WebAssembly.Module> =>
  WebAssembly.compileStreaming(fetch(`${origin}/${path}`, { ...quietly, integrity }));

/** Draws from the browser's own source; there is no other that would do. */
const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));

/** Starts what is needed, from `origin`; a browser that has no X25519 fetches one. */
export async function start(origin: string): Promise<Seal> {
  const [module, can] = await Promise.all([compile(origin, ...__SEALED_WASM__), canSeal()]);
  await init({ module_or_path: module });
  if (can) return sealHere;
  const [glue, integrity, ...wasm] = __HPKE__;
  const href = `${origin}/${glue}`;
  // `import()` takes no hash, but it uses what a preload with one has put into the module map.
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", integrity, ...quietly, href }));
  const hpke: typeof import("./hpke") = await import(href);
  return hpke.start(await compile(origin, ...wasm), random);
}

/** The keys of a task, the leader's first; each begins with its id. */
export function keysFor(task: string, { leader, helper }: Aggregators): Promise<Bytes[]> {
  return Promise.all(
    [leader, helper].map(async (aggregator) => {
      const response = await fetch(`${aggregator}/hpke_config?task_id=${task}`, quietly);
      if (!response.ok) throw Error(`${response.url}: status ${response.status}`);
      const chosen = key(new Uint8Array(await response.arrayBuffer()));
      if (!chosen) throw Error(`${aggregator} has no key for X25519, HKDF-SHA256 and AES-128-GCM`);
      return chosen as Bytes;
    }),
  );
}

/** The message that is uploaded for an answer. */
export async function seal(answer: Answer, keys: Bytes[], precision: number, hpke: Seal): Promise<Bytes> {
  const task = Uint8Array.from(atob(answer.task.replace(/-/g, "+").replace(/_/g, "/")), (byte) => byte.charCodeAt(0));
  const now = Math.floor(Date.now() / 1000);
  const report = Report.split(task, now, precision, answer.cells, answer.several, random(ID_AND_SEEDS));
  if (!report) throw Error("an answer doesn't fit its task");
  const bound = report.associated_data() as Bytes;
  const [leader, helper] = await Promise.all(
    HELPER.map((helper, at) =>
      hpke(keys[at]!.slice(1), info(helper) as Bytes, bound, report.plaintext(helper) as Bytes),
    ),
  );
  return report.message(keys[0]![0]!, leader!, keys[1]![0]!, helper!) as Bytes;
}
