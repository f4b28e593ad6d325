// What this browser keeps of surveys: a database, which all tabs of the site change in turn.
//
// `localStorage` wouldn't do: a browser passes changes on to other tabs at its leisure, even after a lock has changed
// hands, so a tab may miss the last change. Database transactions can't miss one. What an earlier build left in
// `localStorage` moves to the database.

import type { Loader } from "../contract";
import { parsed } from "./parsed";

// The name that the loader erases the database by, and the prefix of each key in `localStorage`.
const NAME = "puls.";
const STORE = "keep";

type Change = (kept?: string) => string | undefined;

/** Reads what is kept of a survey. */
export const read = (loader: Loader, survey: string): Promise<string | undefined> =>
  new Promise((done) => change(loader, survey, true, done as Change, true));

/**
 * Calls `by` with what is kept of a survey, and keeps the text that it returns, if any. Meanwhile no other tab or
 * element can change it. With `reads`, it doesn't make a database if there is none.
 *
 * If the respondent asks not to be tracked, the text is kept for this session only. If it `lasts`, its parts that tell
 * of no answer and no visit are kept all the same: without them, what a browser tells over the years would have no
 * bound.
 */
export async function change(
  loader: Loader,
  survey: string,
  lasts: boolean,
  by: Change,
  reads?: boolean,
): Promise<void> {
  const key = `keep.${survey}`;
  let changed: string | undefined;
  let called = false;
  const call = (kept?: string): string | undefined => {
    called = true;
    return (changed = by(kept));
  };
  const callOutside = (): void => {
    if (!called) call(loader.load(key));
    if (changed != null) loader.store(key, changed);
  };
  const isPrivate = loader.isPrivate();
  if (isPrivate && !lasts) return callOutside();
  try {
    // If the browser refuses storage, this throws.
    const lasting = isPrivate && localStorage;
    await inTransaction(key, reads, (found) => {
      // A text outside the database is newer: an earlier build left it there, or the database failed the last time.
      const kept = (lasting ? lasting[NAME + key] : loader.load(key)) ?? found;
      if (!lasting) return call(kept);
      const text = call(JSON.stringify({ ...parsed(loader.load(key)), ...parsed(kept) }));
      const { spent, permanent } = parsed(text);
      return text && JSON.stringify({ spent, permanent });
    });
    if (lasting && changed) lasting.removeItem(NAME + key);
    if (changed) loader.store(key, lasting ? changed : undefined);
  } catch {
    callOutside();
  }
}

async function inTransaction(key: string, reads: boolean | undefined, change: Change): Promise<void> {
  const database = await open(reads);
  try {
    const transaction = database.transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    const found = store.get(key);
    found.onsuccess = () => {
      const text = change(found.result);
      if (text) store.put(text, key);
    };
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = reject;
    });
  } finally {
    // An open database can't be erased.
    database.close();
  }
}

const open = (reads?: boolean): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    // A browser that has kept nothing yet has no database, and reading doesn't make one.
    request.onupgradeneeded = () => (reads ? request.transaction!.abort() : request.result.createObjectStore(STORE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
