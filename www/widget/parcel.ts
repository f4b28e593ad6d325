// One try to hand over what lies in the outbox.

import type { Loader, Parcel } from "../contract";
import { heed, now } from "./clock";
import { isReceipt, requestFor } from "./request";

/** How long a try may take. */
export const TIMEOUT_MS = 20_000;

/** What becomes of a parcel: it was `taken`, or `refused` for good, or is `kept` to be tried again. */
export type Outcome = "taken" | "refused" | "kept";

/** What only a collector or a leader answers, and only if it has read a parcel and will never take it. */
const REFUSAL = /^(400|413|415|422) application\/problem\+json/;

/**
 * Posts a parcel. Also returns the answer's status, 0 without a complete answer, and how long the endpoint asks to
 * wait.
 */
export async function handOver(
  { url, body }: Parcel,
  { quietly }: Loader,
): Promise<[outcome: Outcome, status: number, asked_ms: number]> {
  try {
    // Older browsers lack `timeout`, and give up at some time of their own.
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

/** Asks the collector what day it is. Rejects without an answer. */
export async function askForDay({ origin, quietly }: Loader): Promise<void> {
  heed(await fetch(`${origin}/puls.js`, { ...quietly, method: "HEAD", cache: "no-store" }), true);
}
