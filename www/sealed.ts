// What a sealed survey needs beside the widget. WebAssembly splits each answer into two shares, and each share is
// sealed for one of two aggregators. The result is a message of which each aggregator can open one half.

import init, { info, key, Report } from "puls-sealed-wasm";
import type { Bytes, Seal } from "./contract";
import { get, once } from "./loader/asking";
import { quietly } from "./loader/quietly";
import { canSeal, seal as sealHere } from "./sealed/hpke";

// The WebAssembly module of this file, and the script that stands in for a browser's own cryptography, each with its
// hash.
declare const __WASM__: [path: string, integrity: string];
declare const __BESIDES__: [hpke: string, integrity: string];

export type SealedModule = typeof import("./sealed");

/** A report to upload, and its readable part. */
interface Sealed {
  report: Bytes;
  shown: unknown;
}

const ID = 16;
const ID_AND_SEEDS = 96;
const HELPER = [false, true];

let started: (() => Promise<Seal>) | undefined;

/**
 * Starts what it takes to seal, once. `file` returns the address of a file. A browser without X25519 fetches a
 * stand-in.
 */
export function start(file: (path: string) => string): Promise<Seal> {
  started ??= once(async () => {
    const [path, integrity] = __WASM__;
    const module = WebAssembly.compileStreaming(fetch(file(path), { ...quietly, integrity }));
    const [can] = await Promise.all([canSeal(), module.then((module) => init({ module_or_path: module }))]);
    return can ? sealHere : standIn(file);
  });
  return started();
}

async function standIn(file: (path: string) => string): Promise<Seal> {
  const [path, integrity] = __BESIDES__;
  const href = file(path);
  // `import()` takes no hash, but it uses what a preload with a hash has put into the module map.
  const link = { rel: "modulepreload", integrity, ...quietly, href };
  document.head.append(Object.assign(document.createElement("link"), link));
  const hpke: typeof import("./hpke") = await import(href);
  return hpke.start(file, random);
}

/** Draws random bytes from the browser's cryptographic source. */
const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));

const lists: Record<string, () => Promise<Bytes>> = {};

/** Fetches the keys that an aggregator offers for a task, once: reports are sealed again after each changed answer. */
function listOf(aggregator: string, task: string): Promise<Bytes> {
  const url = `${aggregator}/hpke_config?task_id=${task}`;
  lists[url] ??= once(async () => {
    const response = await get(url);
    if (!response.ok) throw Error(`${url}: status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  });
  return lists[url]();
}

/** An aggregator's key for a task. The first byte is the key's id. */
export async function keyOf(aggregator: string, task: string): Promise<Bytes> {
  const chosen = key(await listOf(aggregator, task));
  if (!chosen) throw Error(`${aggregator} has no key for X25519, HKDF-SHA256 and AES-128-GCM`);
  return chosen as Bytes;
}

/**
 * Fetches the keys of all tasks of the survey in `host`. If they were only fetched after the last answer, the
 * aggregators would know when that was given. Failures are reported when a key is needed.
 */
export function askForKeys(host: Element, definition: string): void {
  const { leader, helper, tasks } = JSON.parse(definition).privacy;
  for (const { id, segment = {} } of tasks) {
    const isOurs = Object.entries(segment).every(([name, value]) => host.getAttribute(`segment-${name}`) == value);
    if (isOurs) for (const aggregator of [leader, helper]) listOf(aggregator, id).catch(() => {});
  }
}

/** Splits an answer, one number of `bits` bits for each cell, and seals both shares. */
export async function seal(
  task: string,
  bits: number,
  cells: Uint32Array,
  keys: Bytes[],
  now_ms: number,
  precision: number,
  hpke: Seal,
): Promise<Sealed> {
  const id = Uint8Array.from(atob(task.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const drawn = random(ID_AND_SEEDS);
  const split = Report.split(id, Math.floor(now_ms / 1000), precision, cells, bits, drawn);
  if (!split) throw Error("an answer doesn't fit its task");
  const bound = split.associated_data() as Bytes;
  const time = new Date(split.time() * 1000).toISOString();
  const [leader, helper] = await Promise.all(
    HELPER.map((helper, at) =>
      hpke(keys[at]!.slice(1), info(helper) as Bytes, bound, split.plaintext(helper) as Bytes),
    ),
  );
  const report = split.message(keys[0]![0]!, leader!, keys[1]![0]!, helper!) as Bytes;
  const hex = [...drawn.slice(0, ID)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const sealed = (half?: Bytes): string => `${half!.length} bytes, sealed`;
  return { report, shown: { task, report: hex, time, for_leader: sealed(leader), for_helper: sealed(helper) } };
}
