// Releases on their way to their endpoint. One is stored before it is posted, and leaves the outbox only
// once the endpoint has answered; what can't be delivered is tried again with growing, jittered delays, and
// on the next page view. Each release has an id, so a repeated post is counted once.

import type { Loader } from "./page";
import { requestFor } from "./request";

type Parcel = [endpoint: string, release: string];

const KEY = "outbox";
const CAPACITY = 50;
// Tries in one page view, over about four minutes.
const TRIES = 8;
const APART_MS = 60_000;

function parcels({ load }: Loader): Parcel[] {
  try {
    const kept = JSON.parse(load(KEY)!);
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

const keep = ({ store }: Loader, parcels: Parcel[]): void =>
  store(KEY, JSON.stringify(parcels.slice(-CAPACITY)));

/**
 * Puts a release into the outbox and sends it; `host` is told if the endpoint refuses it. One that has to stay `apart`
 * from others waits first, for a time that says nothing of them.
 */
export function post(loader: Loader, endpoint: string, release: string, host: EventTarget, apart: boolean): void {
  keep(loader, [...parcels(loader), [endpoint, release]]);
  const send = (): unknown => deliver(loader, [endpoint, release], host, 0);
  if (apart) setTimeout(send, Math.random() * APART_MS);
  else send();
}

/** Sends what earlier page views left behind. */
export function flush(loader: Loader): void {
  for (const parcel of parcels(loader)) deliver(loader, parcel, document, 0);
}

async function deliver(loader: Loader, parcel: Parcel, host: EventTarget, tries: number): Promise<void> {
  const [endpoint, release] = parcel;
  let status = 0;
  try {
    // `keepalive` lets it finish while the page is being left.
    const request: RequestInit = { ...requestFor(release), keepalive: true, ...loader.quietly };
    status = (await fetch(endpoint, request)).status;
  } catch {
    // Out of reach: the status stays 0.
  }
  // What is refused now will always be, but for a time-out and too many requests.
  const refused = status >= 400 && status < 500 && status != 408 && status != 429;
  if (refused || (status >= 200 && status < 300)) {
    keep(loader, parcels(loader).filter(([, kept]) => kept != release));
    if (refused) loader.fail(host, "refused", `${endpoint} refused a release with status ${status}`);
  } else if (tries + 1 < TRIES) {
    const delay = Math.min(1000 * 2 ** tries, 120_000) * (1 + Math.random());
    setTimeout(() => deliver(loader, parcel, host, tries + 1), delay);
  }
}
