/** Parses JSON; returns an empty object for `null`, and for a text that isn't JSON. */
export function parsed(text: string | undefined): any {
  try {
    return JSON.parse(text!) ?? {};
  } catch {
    return {};
  }
}
