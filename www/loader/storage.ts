// What this browser remembers for later page views, where it may: each access can be refused.

const PREFIX = "puls.";

// What storage refuses is remembered for this page view.
const memory = new Map<string, string>();

/** The origin's storage; throws where it is refused, or where the person asks not to be remembered. */
function storage(): Storage {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  if (globalPrivacyControl || doNotTrack === "1") throw 0;
  return localStorage;
}

/** The text kept under a key. */
export function load(key: string): string | undefined {
  try {
    return memory.get(key) ?? storage().getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text under a key. */
export function store(key: string, text: string): void {
  try {
    memory.delete(key);
    storage().setItem(PREFIX + key, text);
  } catch {
    memory.set(key, text);
  }
}

/** Erases all that Puls remembers, and what it stored before the person asked not to be remembered. */
export function forget(): void {
  memory.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Refused: then nothing was stored.
  }
}
