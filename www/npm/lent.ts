// What the npm package's loader lends to the glue. The build replaces loader/lent.ts by this module, since here the
// page may say at any time where the collector is, and the widget's files aren't at the collector.

import type { Lent } from "../contract";
import { isPrivate, load, store, waiting } from "../loader/storage";
import { file } from "./files";
import { origin } from "./origin";

export const lent: Lent = {
  get origin() {
    return origin;
  },
  file,
  load,
  store,
  waiting,
  isPrivate,
};
