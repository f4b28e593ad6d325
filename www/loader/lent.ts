// What the files that are fetched later borrow from the loader.

import { origin } from "./origin";
import { load, storage, store } from "./storage";
import type { Lent } from "../widget";

export const lent: Lent = { origin, load, store, storage };
