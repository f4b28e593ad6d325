// What the widget has of the loader: what is lent to it, and the same functions once more where they keep nothing.

import type { Lent, Loader } from "../contract";
import { emit, fail } from "../loader/events";
import { quietly } from "../loader/quietly";
import * as outbox from "./outbox";
import { noteSeen } from "./seen";

export const loaderFrom = (lent: Lent): Loader => ({
  ...lent,
  quietly,
  emit,
  fail,
  noteSeen: (survey, answer, uncalled) => noteSeen(lent, survey, answer, uncalled),
});

/** Sends what earlier page views left behind. */
export const flush = (lent: Lent): void => outbox.flush(loaderFrom(lent));
