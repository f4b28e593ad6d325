// What lies in the outbox, and one try to hand it over.

import { heed, now } from "./clock";
import { requestFor } from "./request";
import type { Loader } from "./page";

/** One post, as it is stored. */
export interface Parcel {
  url: string;
  body: string;
  /** Whether it is one of several that nothing may tie together. */
  apart: boolean;
  /** How often it was tried. */
  tries: number;
  /** Until when nobody is to try it, in milliseconds since 1970: a page is at it, or the endpoint has asked to wait. */
  due: number;
}

/** A try that hangs is over after that. */
export const TIMEOUT_MS = 20_000;

/** Posts it. What comes back is the answer's status, 0 without one, and for how long the endpoint asks to wait. */
export async function handOver({ url, body }: Parcel, { quietly }: Loader): Promise<[status: number, asked: number]> {
  try {
    // Older browsers give up when they see fit.
    const signal = AbortSignal.timeout?.(TIMEOUT_MS);
    // `keepalive` lets it finish while the page is being left.
    const answer = await fetch(url, { ...requestFor(body), signal, keepalive: true, ...quietly });
    heed(answer, true);
    const after = answer.headers.get("retry-after")!;
    return [answer.status, Math.max(0, +after * 1000 || Date.parse(after) - now() || 0)];
  } catch {
    return [0, 0];
  }
}

/** Asks the collector what day it is; fails where there is no answer. */
export async function askForDay({ origin, quietly }: Loader): Promise<void> {
  heed(await fetch(`${origin}/puls.js`, { ...quietly, method: "HEAD", cache: "no-store" }), true);
}
