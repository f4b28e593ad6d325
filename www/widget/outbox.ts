// Releases on their way to their endpoint. Each lies under a key of its own, from before it is posted until the endpoint
// has answered: tabs add and remove, and none can overwrite what another one has added. What can't be delivered is tried
// again, by whichever page of the site is open then. Each release has an id, so a repeated post is counted once.
//
// When a page goes, it posts what waits for a time drawn by chance; but nothing depends on that: all is stored, and the next
// page does what this one couldn't.

import type { Departure, Loader, Parcel } from "../contract";
import { FIRST_DAY } from "../loader/ledger";
import { isDayKnown, today } from "./clock";
import { askForDay, handOver, TIMEOUT_MS } from "./parcel";
import { parsed } from "./parsed";
import { underWaveOf } from "./wave";

// A day and a random number follow. The time could tell which releases belong together.
const KEY = "outbox.";
const MOST = 200;
const MOST_DAYS = 30;
const APART_MS = 60_000;
const SOON_MS = 20_000;
// Those who come back online together mustn't post together.
const JITTER_MS = 1000;
const LONGEST_PAUSE_MS = 900_000;
// What an endpoint may ask for, and what a clock that was set back can keep waiting.
const LONGEST_WAIT_MS = 86_400_000;
// So many failures are no passing trouble any more, and the page is told.
const TOLD_AFTER = 5;

let loader: Loader;
// By key.
const timers: Record<string, ReturnType<typeof setTimeout> | undefined> = {};
// Those that leave soon, or else with the page.
const leaving = new Set<string>();
let quietUntil = 0;

/** Puts a release into the outbox and sends it. */
export function post(lent: Loader, url: string, body: string, departure: Departure): void {
  const key = newKey();
  if (departure == "soon") leaving.add(key);
  keep(lent, key, { url, body, apart: departure == "apart", tries: 0, due: 0 });
  flush(lent);
  departure == "at_once" ? deliver(key) : plan(key);
}

const newKey = (): string => `${KEY}${today()}.${Math.random()}`;

/** Sends what waits, now and whenever that may have become possible. */
export function flush(lent: Loader): void {
  loader = lent;
  // However often: the same listener is added once.
  for (const event of ["online", "pageshow", "visibilitychange"]) addEventListener(event, planAll);
  addEventListener("pagehide", leave);
  planAll(false);
}

const leave = (): void => leaving.forEach((key) => deliver(key));

/** Plans all that waits but what is too old, or too much. What seems too old by the clock may not be: that is `asked` first. */
function planAll(asked: unknown): void {
  let isUnsure = false;
  // By day, so that the oldest go first where there is too much.
  for (const [index, key] of loader.waiting().sort().reverse().entries()) {
    const isOld = dayOf(key) >= FIRST_DAY && today() - dayOf(key) > MOST_DAYS;
    if (index < MOST && !isOld) leaving.has(key) || plan(dated(key));
    else if (index < MOST && !isDayKnown() && asked !== true) isUnsure = true;
    else {
      remove(key);
      loader.fail(document, "dropped", "a release is too old, or one of too many");
    }
  }
  // As long as nobody answers, nothing is lost.
  if (isUnsure)
    askForDay(loader).then(
      () => planAll(true),
      () => {},
    );
}

const dayOf = (key: string): number => +key.split(".")[1]!;

/**
 * What was stored by a wrong clock becomes a release of today; gives its key. A day before there was a Puls is wrong for sure. A
 * day that is still to come counts as wrong once the day is known, and where the release was refused and nothing can be lost.
 */
function dated(key: string, isRefused?: boolean): string {
  const parcel = read(key);
  const day = dayOf(key);
  const isWrong = day < FIRST_DAY || (day > today() && (isRefused || isDayKnown()));
  if (!parcel || !isWrong || today() < FIRST_DAY) return key;
  const again = newKey();
  // First, so that a page may be killed in between; it is the same release, and so is counted once.
  const renewed = { ...parcel, body: underWaveOf(today(), parcel.body), due: 0 };
  keep(loader, again, renewed);
  remove(key);
  // There may be room for it only now.
  keep(loader, again, renewed);
  return again;
}

function plan(key: string, wait = Math.random() * most_ms(key)): void {
  clearTimeout(timers[key]);
  timers[key] = setTimeout(deliver, wait, key);
}

const most_ms = (key: string): number => (leaving.has(key) ? SOON_MS : read(key)?.apart ? APART_MS : JITTER_MS);

async function deliver(key: string): Promise<void> {
  leaving.delete(key);
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
  // As long as this page is at it, no other one is to try.
  keep(loader, key, { ...parcel, due: Date.now() + TIMEOUT_MS });
  const [outcome, status, asked_ms] = await handOver(parcel, loader);
  const left = read(key);
  // Erased meanwhile: it mustn't come back.
  if (!left) return;
  if (outcome != "kept") {
    // What day it is may have come only with the refusal.
    const again = outcome == "refused" ? dated(key, true) : key;
    if (again != key) return plan(again);
    remove(key);
    if (outcome == "refused") loader.fail(document, outcome, `${parcel.url} refused a release with status ${status}`);
    return;
  }
  const tries = (+left.tries || 0) + 1;
  if (tries == TOLD_AFTER) loader.fail(document, "waiting", waitingFor(parcel.url, status));
  const pause = Math.min(JITTER_MS * 2 ** tries, LONGEST_PAUSE_MS) * (1 + Math.random());
  const wait = Math.min(asked_ms + pause, LONGEST_WAIT_MS);
  // Without an answer anybody may try as soon as there is hope.
  keep(loader, key, { ...parcel, tries, due: status ? Date.now() + wait : 0 });
  plan(key, wait);
}

const waitingFor = (url: string, status: number): string =>
  `${url} hasn't taken a release in ${TOLD_AFTER} tries; it is kept and tried again. The last status is ${status}: ` +
  (status
    ? "does a collector answer there?"
    : `can it be reached, and does its --allow-origin list ${location.origin}?`);

const keep = ({ store }: Loader, key: string, parcel: Parcel): void => store(key, JSON.stringify(parcel));

function read(key: string): Parcel | undefined {
  const parcel = parsed(loader.load(key));
  // Nothing else has both.
  return parcel.url && parcel.body && parcel;
}

function remove(key: string): void {
  clearTimeout(timers[key]);
  delete timers[key];
  loader.store(key);
}
