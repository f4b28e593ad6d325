// The script tag as a <puls-survey> element, with the same options.

import { fail } from "./events";

/** Puts the survey that a script tag asks for on the page; a tag without `data-survey` asks for none. */
export function place(script: HTMLOrSVGScriptElement): void {
  if (!script.dataset.survey) return;
  const element = document.createElement("puls-survey");
  for (const { name, value } of script.attributes) {
    if (name.startsWith("data-") && name != "data-target") element.setAttribute(name.slice(5), value);
  }
  const insert = (): void => {
    const target = script.dataset.target;
    if (target) return fill(target, element);
    if (document.body?.contains(script)) script.after(element);
    else document.body.append(element);
  };
  document.body && !script.dataset.target ? insert() : whenParsed(insert);
}

function fill(selector: string, element: Element): void {
  let target: Element | null = null;
  try {
    target = document.querySelector(selector);
  } catch {
    // Not a selector, which the message below says as well.
  }
  if (target) return target.replaceChildren(element);
  fail(document, "attribute", `data-target: "${selector}" finds no element on this page`);
}

function whenParsed(then: () => void): void {
  document.readyState == "loading" ? document.addEventListener("DOMContentLoaded", then) : then();
}
