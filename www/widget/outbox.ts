// The outbox: releases on their way to their endpoint. Each lies in storage under a key of its own, from before it is
// posted until the endpoint has answered. So tabs can add and remove releases, but never overwrite those of another
// tab. Whichever page of the site is open tries undelivered releases again. Each release has an id, so a repeated post
// is counted once.
//
// When a page is left, it posts the releases that still wait for a random time. Nothing depends on that: all are
// stored, and the next page posts what this one couldn't.

import type { Departure, Loader, Parcel } from "../contract";
import { FIRST_DAY } from "../loader/ledger";
import { isDayKnown, today } from "./clock";
import { askForDay, handOver, TIMEOUT_MS } from "./parcel";
import { parsed } from "./parsed";
import { underWaveOf } from "./wave";

// The day and a random number follow. The time isn't part of the key, since it could tell which releases belong
// together.
const KEY = "outbox.";
const MOST = 200;
const MOST_DAYS = 30;
const APART_MS = 60_000;
const SOON_MS = 20_000;
// Spreads the posts of browsers that come back online at the same time.
const JITTER_MS = 1000;
const LONGEST_PAUSE_MS = 900_000;
// The longest time that an endpoint may ask to wait, and that a release waits if the clock is set back.
const LONGEST_WAIT_MS = 86_400_000;
// After so many failures the page is told, since the trouble may not pass by itself.
const TOLD_AFTER = 5;

let loader: Loader;
// The timers of planned posts, by key.
const timers: Record<string, ReturnType<typeof setTimeout> | undefined> = {};
// The keys of releases that leave soon, or when the page is left.
const leaving = new Set<string>();
let quietUntil = 0;

/** Puts a release into the outbox, and sends it at its time. */
export function post(lent: Loader, url: string, body: string, departure: Departure): void {
  const key = newKey();
  if (departure == "soon") leaving.add(key);
  keep(lent, key, { url, body, apart: departure == "apart", tries: 0, due: 0 });
  flush(lent);
  departure == "at_once" ? deliver(key) : plan(key);
}

const newKey = (): string => `${KEY}${today()}.${Math.random()}`;

/** Sends all that waits, now and whenever sending may have become possible. */
export function flush(lent: Loader): void {
  loader = lent;
  // `flush` may be called often: the browser adds the same listener only once.
  for (const event of ["online", "pageshow", "visibilitychange"]) addEventListener(event, planAll);
  addEventListener("pagehide", leave);
  planAll(false);
}

const leave = (): void => leaving.forEach((key) => deliver(key));

/**
 * Plans the posts of all releases that wait, and drops those that are too old or too many. The device's clock may be
 * wrong, so the collector is `asked` for the day before anything is dropped as too old.
 */
function planAll(asked: unknown): void {
  let isUnsure = false;
  // The newest days come first, so that the oldest releases are dropped where there are too many.
  for (const [index, key] of loader.waiting().sort().reverse().entries()) {
    const isOld = dayOf(key) >= FIRST_DAY && today() - dayOf(key) > MOST_DAYS;
    if (index < MOST && !isOld) leaving.has(key) || plan(dated(key));
    else if (index < MOST && !isDayKnown() && asked !== true) isUnsure = true;
    else {
      remove(key);
      loader.fail(document, "dropped", "a release is too old, or one of too many");
    }
  }
  // Nothing is dropped as too old until the collector has answered.
  if (isUnsure)
    askForDay(loader).then(
      () => planAll(true),
      () => {},
    );
}

const dayOf = (key: string): number => +key.split(".")[1]!;

/**
 * Redates a release that was stored with a wrong day to today, and returns its key. A day before Puls existed is
 * certainly wrong. A day that lies ahead counts as wrong once the collector has told the day, or if the release was
 * refused, when nothing can be lost.
 */
function dated(key: string, isRefused?: boolean): string {
  const parcel = read(key);
  const day = dayOf(key);
  const isWrong = day < FIRST_DAY || (day > today() && (isRefused || isDayKnown()));
  if (!parcel || !isWrong || today() < FIRST_DAY) return key;
  const again = newKey();
  // Kept before the old one is removed, since the page may be killed in between. Both are the same release, which is
  // counted once.
  const renewed = { ...parcel, body: underWaveOf(today(), parcel.body), due: 0 };
  keep(loader, again, renewed);
  remove(key);
  // Kept again, since there may only be room now.
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
  // Another tab has delivered or erased it, or it isn't a parcel.
  if (!parcel) return remove(key);
  const rest = parcel.due - Date.now();
  if (rest > 0 && rest < LONGEST_WAIT_MS) return plan(key, rest);
  if (parcel.apart) {
    // The timers of a tab in the background, or of a machine that slept, may all fire at once.
    const now = performance.now();
    if (now < quietUntil) return plan(key);
    quietUntil = now + JITTER_MS;
  }
  // No other page tries the parcel while this one does.
  keep(loader, key, { ...parcel, due: Date.now() + TIMEOUT_MS });
  const [outcome, status, asked_ms] = await handOver(parcel, loader);
  const left = read(key);
  // It was erased meanwhile, so it mustn't be stored again.
  if (!left) return;
  if (outcome != "kept") {
    // The refusal may be the first answer that tells the day.
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
  // After no answer at all, any page may try as soon as it is online.
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
  // Only a parcel has both.
  return parcel.url && parcel.body && parcel;
}

function remove(key: string): void {
  clearTimeout(timers[key]);
  delete timers[key];
  loader.store(key);
}
