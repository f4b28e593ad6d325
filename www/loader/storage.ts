// What this browser remembers for later page views. The browser may refuse each access, or have no room.

import { emit } from "./events";

// The prefix of every key, and the name of the database that holds what a browser keeps of surveys.
const PREFIX = "puls.";

/** Texts by their keys. */
type Place = Record<string, string>;

// Holds for this page view what storage refuses.
const memory: Place = {};

/** Whether the respondent asks not to be remembered beyond this session. */
export function isPrivate(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl || doNotTrack == "1";
}

/**
 * Calls `what` with each place where texts may lie, the most lasting one first. If it `isBounded`, leaves out the place
 * that outlives the session. A later place holds what the places before it have refused, since each has room of its
 * own.
 */
function inEach(what: (place: Place) => void, isBounded = isPrivate()): void {
  const lasting = isBounded ? [] : [() => localStorage];
  for (const place of [...lasting, () => sessionStorage, () => memory]) {
    try {
      what(place());
    } catch {
      // The browser refuses this place.
    }
  }
}

/**
 * The name that a key is stored under. While the respondent asks not to be remembered, it is another name. So nothing
 * takes such a text for a lasting one when the respondent no longer asks for that. Releases keep their names, since
 * they have to leave in any case.
 */
const nameOf = (key: string): string => PREFIX + (isPrivate() && !key.startsWith("outbox.") ? "tab." : "") + key;

/** The text kept under a key. */
export function load(key: string): string | undefined {
  let text: string | undefined;
  // A text in a later place is newer: the places before had no room for it.
  inEach((place) => (text = place[nameOf(key)] ?? text));
  return text;
}

/** Keeps a text under a key, in one place. Without a text, erases the one that is kept. */
export function store(key: string, text?: string): void {
  inEach((place) => {
    text ? (place[nameOf(key)] = text) : delete place[nameOf(key)];
    // The other places have older texts, which are erased.
    text = undefined;
  });
}

/** All keys that begin with `start`. */
function keys(start: string, isBounded?: boolean): string[] {
  const found = new Set<string>();
  inEach((place) => {
    Object.keys(place).forEach((key) => key.startsWith(PREFIX + start) && found.add(key.slice(PREFIX.length)));
  }, isBounded);
  return [...found];
}

/** The keys of all releases in the outbox, from this page view and earlier ones. */
export const waiting = (): string[] => keys("outbox.");

/** Erases everything that Puls remembers in this browser, including releases in the outbox. */
export function forget(): void {
  emit(document, "puls-forget");
  keys("", false).forEach((key) => inEach((place) => delete place[PREFIX + key], false));
  try {
    indexedDB.deleteDatabase(PREFIX);
  } catch {
    // If the browser refuses access, there is no database.
  }
}
