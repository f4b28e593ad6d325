// <puls-screen markup="JSON" theme="dark">: one screen of a survey as the collector renders it, with the widget's style
// sheet. It is a picture: the page makes it inert, and says in words what it shows.

import css from "puls-styles";
import type { Markup } from "../contract";
import { build } from "../widget/ahead";

const style = new CSSStyleSheet();
style.replaceSync(css);

class Screen extends HTMLElement {
  static readonly observedAttributes = ["markup"];

  attributeChangedCallback(_name: string, _before: string | null, markup: string | null): void {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [style];
    shadow.replaceChildren(...(markup ? [build(JSON.parse(markup) as Markup)] : []));
  }
}

/** Makes <puls-screen> known to the browser. */
export function defineScreen(): void {
  customElements.define("puls-screen", Screen);
}
