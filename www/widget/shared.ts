// What this browser keeps of a survey: one database, which all tabs of the site change in turn.
//
// A browser passes on to other tabs what was put into `localStorage` when it sees fit, even after a lock has been passed
// on, so that one who reads it may miss the last change. Transactions of a database can't. What an earlier build has left
// in `localStorage` moves here.

import type { Loader } from "../contract";
import { parsed } from "./parsed";

// As the loader names it, which erases it; and the start of each key in `localStorage`.
const NAME = "puls.";
const STORE = "keep";

type Change = (kept?: string) => string | undefined;

/** What is kept of a survey. */
export const read = (loader: Loader, survey: string): Promise<string | undefined> =>
  new Promise((done) => change(loader, survey, true, done as Change, true));

/**
 * Calls `change` with what is kept of a survey, when nobody else is at it, and keeps the text that it returns, if any.
 *
 * Where the person asks not to be tracked, that is for this session only. But what tells of no answer and no visit is
 * kept all the same, if it `lasts`: without it, what is told over the years would have no bound.
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
    // Where storage is refused, that shows here.
    const lasting = isPrivate && localStorage;
    await inTransaction(key, reads, (found) => {
      // What lies outside was left by an earlier build, or when the database last failed: it is the newer one.
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
    // Else it couldn't be erased.
    database.close();
  }
}

const open = (reads?: boolean): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    // Who has kept nothing yet has no database, and by reading gets none.
    request.onupgradeneeded = () => (reads ? request.transaction!.abort() : request.result.createObjectStore(STORE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
