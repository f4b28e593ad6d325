// What this browser remembers for later page views, where it may: each access can be refused.

import { emit } from "./events";

// Of every key. What a device that several people share remembers lies in a database of this name.
const PREFIX = "puls.";

// What storage refuses is remembered for this page view.
const memory = new Map<string, string>();

/** The origin's storage, for this session only where the person asks not to be remembered; throws where refused. */
export function storage(): Storage {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl || doNotTrack == "1" ? sessionStorage : localStorage;
}

/** The text kept under a key. */
export function load(key: string): string | undefined {
  try {
    return memory.get(key) ?? storage()[PREFIX + key];
  } catch {
    return undefined;
  }
}

/** Keeps a text under a key. */
export function store(key: string, text: string): void {
  try {
    memory.delete(key);
    storage()[PREFIX + key] = text;
  } catch {
    memory.set(key, text);
  }
}

/** Whether an earlier page view has left a release behind. */
export function waits(): boolean | undefined {
  try {
    return /puls.outbox/.test(String(Object.keys(storage())));
  } catch {
    // Refused: then nothing was stored.
  }
}

/** Erases all that Puls remembers in this browser, unsent answers among it. */
export function forget(): void {
  memory.clear();
  emit(document, "puls-forget");
  try {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
    }
    indexedDB.deleteDatabase(PREFIX);
  } catch {
    // Refused: then nothing was stored.
  }
}
