// Dispatches events on the page. Mistakes are events as well: nothing is ever thrown into the page.

/** Dispatches an event that bubbles and crosses shadow roots, so that a page can listen anywhere. */
export function emit(host: EventTarget, name: string, detail?: unknown): void {
  host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}

/** Dispatches `puls-error` with a stable code and a sentence. The sentence also goes to the console. */
export function fail(host: EventTarget, code: string, message: unknown): void {
  emit(host, "puls-error", { code, message: String(message) });
  console.warn("Puls:", message);
}
