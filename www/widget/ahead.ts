// Shows the first screen as the collector rendered it, while the WebAssembly loads. A tap shows at once. When the
// widget has rendered the same screen, taps and keys are handed over to it.

import type { Markup } from "../contract";

const KEYS = /^(Arrow|Home$|End$|Escape$)/;
const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";

/** Builds an element from markup. It doesn't parse HTML, which the Trusted Types of many pages forbid. */
export function build(markup: Markup | string, namespace = HTML): Node {
  if (typeof markup == "string") return new Text(markup);
  const [name, attributes, ...children] = markup;
  const own = name == "svg" ? SVG : namespace;
  const element = document.createElementNS(own, name);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map((child) => build(child, own)));
  return element;
}

/**
 * Shows a screen in `ahead`, with the corner and preset that `host` asks for. `uncalled` says whether a trigger opened
 * the survey. The function that it returns replaces the screen by what the widget has rendered in `root`.
 */
export function showAhead(
  ahead: HTMLElement,
  screen: Markup,
  host: Element,
  uncalled: boolean,
): (root: HTMLElement) => void {
  for (const name of ["corner", "preset"]) {
    const wanted = host.getAttribute(name);
    if (wanted) screen[1][`data-${name}`] = wanted;
  }
  ahead.append(build(screen));
  // A survey that the page or the respondent opened can't be put off.
  if (!uncalled) for (const way of ahead.querySelectorAll("[part=not-now],[part=never]")) way.remove();
  const keys: KeyboardEvent[] = [];
  let tapped: Element | null = null;
  ahead.onclick = ({ target }) => {
    tapped = (target as Element).closest("button") ?? tapped;
    if (tapped?.getAttribute("role") == "radio") {
      for (const radio of tapped.parentElement!.children) radio.setAttribute("aria-checked", String(radio == tapped));
    }
  };
  ahead.onkeydown = (event) => {
    if (!KEYS.test(event.key)) return;
    keys.push(event);
    event.preventDefault();
  };
  return (root) => {
    const all = [...ahead.querySelectorAll("*")];
    const twin = (element: unknown): HTMLElement | undefined =>
      [...root.querySelectorAll<HTMLElement>("*")][all.indexOf(element as Element)];
    const shadow = root.getRootNode() as ShadowRoot;
    const focused = twin(shadow.activeElement);
    const chosen = twin(tapped);
    ahead.replaceWith(root);
    focused?.focus({ preventScroll: true });
    // Once the page has been told that the survey is shown: the page may close it, and so may a key.
    queueMicrotask(() => {
      for (const { key } of keys) {
        shadow.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      }
      if (root.isConnected) chosen?.click();
    });
  };
}
