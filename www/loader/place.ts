// Turns the script tag into a <puls-survey> element with the same options.

import { fail } from "./events";

/** Puts the survey that a script tag asks for on the page. A tag without `data-survey` asks for none. */
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
      // `target` isn't a selector, or it finds nothing, so that `null` throws. More of the page may still be on its
      // way.
      if (document.readyState == "loading") document.addEventListener("DOMContentLoaded", insert);
      else fail(document, "attribute", `data-target: "${target}" finds no element on this page`);
    }
  };
  insert();
}
