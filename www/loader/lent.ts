// What the files that are fetched later borrow from the loader.

import { origin } from "./origin";
import { isPrivate, load, store, waiting } from "./storage";
import type { Lent } from "../contract";

export const lent: Lent = { origin, isPrivate, load, store, waiting };
