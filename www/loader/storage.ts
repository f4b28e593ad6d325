// What this browser remembers for later page views, where it may: each access can be refused, or find no room.

import { emit } from "./events";

// Of every key. What a device that several people share remembers lies in a database of this name.
const PREFIX = "puls.";

/** Texts by their keys. */
type Place = Record<string, string>;

// What storage refuses is remembered for this page view.
const memory: Place = {};

/** Whether the person asks not to be remembered: then it is for this session only. */
export function isPrivate(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl || doNotTrack == "1";
}

/**
 * Does something in each place where texts may lie; where this `isBounded`, in none that outlives the session. The best one
 * comes first; a later one, whose room is its own, has what those before it have refused.
 */
function inEach(what: (place: Place) => void, isBounded = isPrivate()): void {
  const lasting = isBounded ? [] : [() => localStorage];
  for (const place of [...lasting, () => sessionStorage, () => memory]) {
    try {
      what(place());
    } catch {
      // Refused, and done without.
    }
  }
}

/**
 * Where the person asks not to be remembered, what is kept has another name: nothing takes it for what lasts when the person no longer
 * asks for that. Releases keep their names, since they are to leave all the same.
 */
const nameOf = (key: string): string => PREFIX + (isPrivate() && !key.startsWith("outbox.") ? "tab." : "") + key;

/** The text kept under a key. */
export function load(key: string): string | undefined {
  let text: string | undefined;
  // In a later place it is newer: there was no room for it in those before.
  inEach((place) => (text = place[nameOf(key)] ?? text));
  return text;
}

/** Keeps a text under a key, in one place; without a text, erases what is kept. */
export function store(key: string, text?: string): void {
  inEach((place) => {
    text ? (place[nameOf(key)] = text) : delete place[nameOf(key)];
    // What other places have is older.
    text = undefined;
  });
}

/** All keys that begin so. */
function keys(start: string, isBounded?: boolean): string[] {
  const found = new Set<string>();
  inEach((place) => {
    Object.keys(place).forEach((key) => key.startsWith(PREFIX + start) && found.add(key.slice(PREFIX.length)));
  }, isBounded);
  return [...found];
}

/** The keys of all releases that an earlier page view or this one has left in the outbox. */
export const waiting = (): string[] => keys("outbox.");

/** Erases all that Puls remembers in this browser, unsent answers among it. */
export function forget(): void {
  emit(document, "puls-forget");
  keys("", false).forEach((key) => inEach((place) => delete place[PREFIX + key], false));
  try {
    indexedDB.deleteDatabase(PREFIX);
  } catch {
    // Refused: then there is none.
  }
}
