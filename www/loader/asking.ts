// How the loader asks for things.

import { quietly } from "./quietly";

export const get = (url: string): Promise<Response> => fetch(url, quietly);

/** Does it once, for all that ask; a failure is tried anew the next time. */
export const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asked: Promise<T> | undefined;
  return () =>
    (asked ??= ask().catch((error) => {
      asked = undefined;
      throw error;
    }));
};
