/** What a text says in JSON; an empty object where it says nothing, or isn't JSON. */
export function parsed(text: string | undefined): any {
  try {
    return JSON.parse(text!) ?? {};
  } catch {
    return {};
  }
}
