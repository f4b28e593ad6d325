// What lies in the outbox, and one try to hand it over.

import type { Loader, Parcel } from "../contract";
import { heed, now } from "./clock";
import { isReceipt, requestFor } from "./request";

/** A try that hangs is over after that. */
export const TIMEOUT_MS = 20_000;

/** What becomes of a parcel: it has arrived, or nobody will ever take it; else it is `kept`, and tried again. */
export type Outcome = "taken" | "refused" | "kept";

/** What only the collector says, or a leader: that it has read a parcel, and that it will never take it. */
const REFUSAL = /^(400|413|415|422) application\/problem\+json/;

/** Posts it. What comes back is also the answer's status, 0 without a whole one, and for how long the endpoint asks to wait. */
export async function handOver(
  { url, body }: Parcel,
  { quietly }: Loader,
): Promise<[outcome: Outcome, status: number, asked_ms: number]> {
  try {
    // Older browsers give up when they see fit.
    const signal = AbortSignal.timeout?.(TIMEOUT_MS);
    // `keepalive` lets it finish while the page is being left.
    const answer = await fetch(url, { ...requestFor(body), signal, keepalive: true, ...quietly });
    const { headers, ok, status } = answer;
    heed(answer, true);
    const after = headers.get("retry-after")!;
    const asked_ms = Math.max(0, +after * 1000 || Date.parse(after) - now() || 0);
    const said = await answer.text();
    const isRefusal = REFUSAL.test(`${status} ${headers.get("content-type")}`);
    return [ok && isReceipt(said, body) ? "taken" : isRefusal ? "refused" : "kept", status, asked_ms];
  } catch {
    return ["kept", 0, 0];
  }
}

/** Asks the collector what day it is; fails where there is no answer. */
export async function askForDay({ origin, quietly }: Loader): Promise<void> {
  heed(await fetch(`${origin}/puls.js`, { ...quietly, method: "HEAD", cache: "no-store" }), true);
}
