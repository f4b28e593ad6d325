// How the loader fetches things.

import { quietly } from "./quietly";

export const get = (url: string): Promise<Response> => fetch(url, quietly);

/** Calls `ask` once for all callers. After a failure, the next caller tries again. */
export const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asked: Promise<T> | undefined;
  return () =>
    (asked ??= ask().catch((error) => {
      asked = undefined;
      throw error;
    }));
};
