// <puls-survey>: waits until its survey is due, then fetches definition and widget side by side and shows it.

import { emit, fail } from "./events";
import { origin } from "./origin";
import { post, quietly } from "./outbox";
import { noteSeen, seenWithin, today } from "./seen";
import { load, store } from "./storage";
import { arm } from "./triggers";
import { widget } from "./widget";
import type { Mounted, Page } from "../widget";

/** A definition's `show`, as far as the loader needs it. */
interface Rules {
  trigger?: string[];
  recontact_days?: number;
}

// The collector puts its surveys' own rules here, so that none has to be fetched before it is due.
const rules = "__PULS_SHOW__" as unknown as Record<string, Rules>;

// An address of a definition has at least one of these, an id none.
const ADDRESS = /[/:.]/;

/** The rules in a definition; what is wrong with it, the widget will say. */
function rulesIn(definition: string): Rules {
  try {
    const { show } = JSON.parse(definition);
    return Array.isArray(show.trigger) ? show : { ...show, trigger: undefined };
  } catch {
    return {};
  }
}

/** A survey on the page. Attributes: survey, endpoint, display, trigger, recontact, lang, theme, segment-*. */
export class PulsSurvey extends HTMLElement {
  #disarm?: () => void;
  #mounted?: Mounted;
  // Each `open` and `close` makes void what is still being fetched for an earlier one.
  #turn = 0;

  connectedCallback(): void {
    const survey = this.getAttribute("survey");
    if (!survey) return this.#refuse("survey: is missing; give a survey's id or address");
    this.#checked("theme", /^(light|dark|auto)$/, "light, dark or auto");
    const known = rules[survey] ?? {};
    // Only the definition itself knows the rules of a survey that another server has.
    if (!ADDRESS.test(survey) || this.hasAttribute("trigger")) this.#arm(survey, known);
    else this.#definition().then((text) => this.#arm(survey, rulesIn(text)), (error) => fail(this, "load", error));
  }

  #arm(survey: string, { trigger = ["load"], recontact_days = 90 }: Rules): void {
    const days = +(this.#checked("recontact", /^\d{1,4}$/, "a number of days such as 90") ?? recontact_days);
    const due = (): void => {
      if (!seenWithin(survey, days)) this.open();
    };
    const triggers = this.getAttribute("trigger")?.split(/\s+/) ?? trigger;
    this.#disarm = arm(triggers, due, (message) => this.#refuse(message));
  }

  disconnectedCallback(): void {
    this.#disarm?.();
    this.close();
  }

  /** Shows the survey now, whatever its trigger and however recently it was seen. */
  async open(): Promise<void> {
    this.#disarm?.();
    if (this.#mounted || !this.isConnected) return;
    const turn = ++this.#turn;
    try {
      const [{ mount, style }, definition] = await Promise.all([widget(), this.#definition()]);
      if (turn != this.#turn) return;
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [style];
      const root = document.createElement("div");
      shadow.replaceChildren(root);
      this.#mounted = mount(this, root, definition, this.#page());
    } catch (error) {
      fail(this, "load", error);
    }
  }

  /** Takes the survey off the page; what was answered but not sent is gone. */
  close(): void {
    this.#turn++;
    this.#mounted?.unmount();
    this.#mounted = undefined;
    this.shadowRoot?.replaceChildren();
  }

  #refuse(message: string): void {
    fail(this, "attribute", message);
  }

  /** An attribute's value if it has the form that it should have. */
  #checked(name: string, form: RegExp, allowed: string): string | undefined {
    const value = this.getAttribute(name);
    if (value == null || form.test(value)) return value ?? undefined;
    this.#refuse(`${name}: "${value}" is not allowed; use ${allowed}`);
  }

  async #definition(): Promise<string> {
    const survey = this.getAttribute("survey")!;
    const url = ADDRESS.test(survey)
      ? new URL(survey, document.baseURI)
      : `${origin}/v1/surveys/${encodeURIComponent(survey)}`;
    const response = await fetch(url, quietly);
    if (!response.ok) throw Error(`survey "${survey}": status ${response.status} from ${url}`);
    return response.text();
  }

  /** What the widget is given of the page around it; none of it throws. */
  #page(): Page {
    const endpoint = this.#endpoint();
    return {
      load,
      store,
      emit: (name, detail) => {
        // Noted before the page is told, which may well take the element off the page.
        if (/completed|dismissed/.test(name)) noteSeen(this.getAttribute("survey")!);
        emit(this, name, JSON.parse(detail));
      },
      fail: (code, message) => fail(this, code, message),
      post: (release) => post(endpoint.href, release, this),
      close: () => this.close(),
      destination: endpoint.origin,
      today: today(),
    };
  }

  #endpoint(): URL {
    const otherwise = new URL("/v1/releases", origin);
    const text = this.getAttribute("endpoint");
    if (text == null) return otherwise;
    try {
      const url = new URL(text, document.baseURI);
      if (/^https?:$/.test(url.protocol)) return url;
    } catch {
      // Not an address, which the message below says as well.
    }
    this.#refuse(`endpoint: "${text}" is not an address; use one that starts with https://`);
    return otherwise;
  }
}
