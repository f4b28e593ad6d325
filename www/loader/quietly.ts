/** How everything is fetched: without cookies, and without naming the page. */
export const quietly: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer" };
