// What a device that several people share keeps: one database, which all tabs of the site change in turn.
//
// A browser passes on to other tabs what was put into `localStorage` when it sees fit, even after a lock has been passed
// on, so that one who reads it may miss the last change. Transactions of a database can't.

import type { Loader } from "./page";

// As the loader names it, which erases it.
const NAME = "puls.";
const STORE = "keep";

/** Calls `change` with the text under a key, when nobody else is at it, and keeps the text that it returns, if any. */
export async function changeShared(loader: Loader, key: string, change: (kept?: string) => string | undefined): Promise<void> {
  let changed: string | undefined;
  let called = false;
  const call = (kept?: string): string | undefined => {
    called = true;
    return (changed = change(kept));
  };
  try {
    // Where nothing may be kept beyond the session, or at all, no other tab has any part of it.
    if (loader.storage() != localStorage) throw NAME;
    await inTransaction(key, call);
  } catch {
    if (!called) call(loader.load(key));
    if (changed != null) loader.store(key, changed);
  }
}

async function inTransaction(key: string, change: (kept?: string) => string | undefined): Promise<void> {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    const found = store.get(key);
    found.onsuccess = () => {
      const text = change(found.result);
      if (text != null) store.put(text, key);
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

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
