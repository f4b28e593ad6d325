// The script tag as a <puls-survey> element, with the same options.

import { fail } from "./events";

/** Puts the survey that a script tag asks for on the page; a tag without `data-survey` asks for none. */
export function place(script: HTMLScriptElement): void {
  const { survey, target } = script.dataset;
  if (!survey) return;
  const element = document.createElement("puls-survey");
  for (const { name, value } of script.attributes) {
    if (/^data-/.test(name)) element.setAttribute(name.slice("data-".length), value);
  }
  const insert = (): void => {
    try {
      if (target) document.querySelector(target)!.replaceChildren(element);
      else if (document.body.contains(script)) script.after(element);
      else document.body.append(element);
    } catch {
      // `target` is no selector, or nothing is found, which throws as well, since there is nothing to put it into: not yet, or ever.
      if (document.readyState == "loading") document.addEventListener("DOMContentLoaded", insert);
      else fail(document, "attribute", `data-target: "${target}" finds no element on this page`);
    }
  };
  insert();
}
