// What the loader lends to the glue, which is fetched later.

import type { Lent } from "../contract";
import { origin } from "./origin";
import { isPrivate, load, store, waiting } from "./storage";

export const lent: Lent = { origin, isPrivate, load, store, waiting };
