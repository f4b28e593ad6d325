// What the files that are fetched later borrow from the loader.

import type { Lent } from "../contract";
import { origin } from "./origin";
import { isPrivate, load, store, waiting } from "./storage";

export const lent: Lent = { origin, isPrivate, load, store, waiting };
