// Releases on their way to their endpoint. Each lies under a key of its own, from before it is posted until the endpoint
// has answered: tabs add and remove, and none can overwrite what another one has added. What can't be delivered is tried
// again, by whichever page of the site is open then. Each release has an id, so a repeated post is counted once.
//
// When a page goes, nothing is left to do: what it was about to post is stored, and the next page does it.

import { type Parcel, TIMEOUT_MS, handOver } from "./parcel";
import { today } from "./seen";
import type { Loader } from "./page";

// A day and a random number follow. The time could tell which releases belong together.
const KEY = "outbox.";
const MOST = 200;
const MOST_DAYS = 30;
const APART_MS = 60_000;
// Those who come back online together mustn't post together.
const JITTER_MS = 1000;
const LONGEST_PAUSE_MS = 900_000;
// What an endpoint may ask for, and what a clock that was set back can keep waiting.
const LONGEST_WAIT_MS = 86_400_000;

let loader: Loader;
// By key; of what lies in storage, and of what lies in the memory of this page view where storage is refused.
const timers: Record<string, ReturnType<typeof setTimeout> | undefined> = {};
let quietUntil = 0;

/** Puts a release into the outbox and sends it; one that has to stay `apart` from others after a time drawn by chance. */
export function post(lent: Loader, url: string, body: string, apart: boolean): void {
  const key = `${KEY}${today()}.${Math.random()}`;
  keep(lent, key, { url, body, apart, tries: 0, due: 0 });
  flush(lent);
  apart ? plan(key) : deliver(key);
}

/** Sends what waits, now and whenever that may have become possible. */
export function flush(lent: Loader): void {
  loader = lent;
  // However often: the same listener is added once.
  for (const event of ["online", "pageshow", "visibilitychange"]) addEventListener(event, planAll);
  planAll();
}

/** Plans all that waits but what is too old, or too much. */
function planAll(): void {
  try {
    for (const key of Object.keys(loader.storage())) {
      if (key.startsWith("puls." + KEY)) timers[key.slice(5)] ??= undefined;
    }
  } catch {
    // Refused.
  }
  // By day, so that the oldest go first where there is too much.
  for (const [index, key] of Object.keys(timers).sort().reverse().entries()) {
    if (index < MOST && !(today() - +key.split(".")[1]! > MOST_DAYS)) plan(key);
    else {
      remove(key);
      loader.fail(document, "dropped", "a release is too old, or one of too many");
    }
  }
}

function plan(key: string, wait = Math.random() * (read(key)?.apart ? APART_MS : JITTER_MS)): void {
  clearTimeout(timers[key]);
  timers[key] = setTimeout(deliver, wait, key);
}

async function deliver(key: string): Promise<void> {
  const parcel = read(key);
  // Delivered by another tab, erased, or nothing of ours.
  if (!parcel) return remove(key);
  const rest = parcel.due - Date.now();
  if (rest > 0 && rest < LONGEST_WAIT_MS) return plan(key, rest);
  if (parcel.apart) {
    // Timers that slept in a tab in the background, or with the whole machine, all ring at once.
    const now = performance.now();
    if (now < quietUntil) return plan(key);
    quietUntil = now + JITTER_MS;
  }
  const tries = (+parcel.tries || 0) + 1;
  keep(loader, key, { ...parcel, tries, due: Date.now() + TIMEOUT_MS });
  const [status, asked] = await handOver(parcel, loader);
  // Erased meanwhile: it mustn't come back.
  if (!read(key)) return;
  // What is refused now will always be, but for a time-out and too many requests.
  if (status >= 200 && status < 500 && status != 408 && status != 429) {
    remove(key);
    if (status > 299) loader.fail(document, "refused", `${parcel.url} refused a release with status ${status}`);
    return;
  }
  const pause = Math.min(JITTER_MS * 2 ** tries, LONGEST_PAUSE_MS) * (1 + Math.random());
  const wait = Math.min(asked + pause, LONGEST_WAIT_MS);
  // Without an answer anybody may try as soon as there is hope.
  keep(loader, key, { ...parcel, tries, due: status && Date.now() + wait });
  plan(key, wait);
}

const keep = ({ store }: Loader, key: string, parcel: Parcel): void => store(key, JSON.stringify(parcel));

function read(key: string): Parcel | undefined {
  try {
    const parcel = JSON.parse(loader.load(key)!);
    // Nothing else has both.
    return parcel.url && parcel.body && parcel;
  } catch {
    return undefined;
  }
}

function remove(key: string): void {
  clearTimeout(timers[key]);
  delete timers[key];
    try {
    loader.storage().removeItem("puls." + key);
  } catch {
    // Refused, and so it was in memory alone.
  }
}
