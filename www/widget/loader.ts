// The loader as the glue sees it: what the loader lends, and the glue's own copies of functions that have no state.

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

/** Sends what earlier page views left in the outbox. */
export const flush = (lent: Lent): void => outbox.flush(loaderFrom(lent));
