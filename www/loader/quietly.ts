/** How everything is fetched: no cookies, and no word of the page it is fetched for. */
export const quietly: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer" };
