// What the widget borrows of the npm package's loader. The build puts this module in the place of loader/lent.ts: here the page
// may say at any time where the collector is, and the files aren't there.

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
