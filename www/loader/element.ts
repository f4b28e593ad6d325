// <puls-survey>: waits until its survey is due, then fetches definition and widget side by side and shows it.

import type { Coming, Mounted, Rules } from "../contract";
import { get, once } from "./asking";
import { fail } from "./events";
import { full, plain } from "./files";
import { lent } from "./lent";
import { origin } from "./origin";
import { allow } from "./rules";
import { arm } from "./triggers";
import { inTurn } from "./turns";

// Whether this is the npm package's loader.
declare const __PACKAGE__: boolean;

// The collector puts its surveys' own rules here, so that none has to be fetched before it is due.
const known = "__PULS_SHOW__" as unknown as Record<string, Rules>;

// An address of a definition has at least one of these, an id none.
const ADDRESS = /[/:.]/;

const addressOf = (survey: string): string => (ADDRESS.test(survey) ? survey : `${origin}/v1/surveys/${survey}`);

/** A survey on the page. Attributes: survey, endpoint, display, trigger, sample, recontact, lang, theme, segment-*. */
export class PulsSurvey extends HTMLElement {
  #armed?: AbortController;
  // What the glue shows, or keeps for when it is opened again.
  #mounted?: Mounted;
  #shown?: unknown;
  // Ends what is shown or waits for its turn; with the next one, all that is still on its way for this one is void.
  #end?: () => void;

  async connectedCallback(): Promise<void> {
    const survey = this.getAttribute("survey");
    if (!survey) return fail(this, "attribute", "survey: is missing");
    const { signal } = (this.#armed = new AbortController());
    const read = once(() => this.#rules(survey));
    const triggers =
      this.getAttribute("trigger")?.match(/\S+/g) ?? ([] as string[]).concat((await read()).trigger ?? "load");
    if (signal.aborted) return;
    let due = false;
    const look = async (arrival?: unknown): Promise<void> => {
      // A trigger makes it due, once. It stays due: where it may not be shown, it may be on the page that is next.
      const isTrigger = !arrival;
      if (due == isTrigger) return;
      due = true;
      const rules = await read();
      const may = (): boolean => !signal.aborted && allow(survey, rules);
      if (!this.#end && may()) this.#enter(rules, may, signal);
    };
    arm(this, triggers, signal, look);
  }

  disconnectedCallback(): void {
    this.#armed?.abort();
    this.close();
  }

  /** Shows the survey now, whatever its trigger and its rules. */
  async open(): Promise<void> {
    this.#armed?.abort();
    if (!this.#shown && this.isConnected) await this.#enter(known[this.getAttribute("survey")!], () => true);
  }

  /** Takes the survey off the page. As long as the element stays there, opening it again goes on where it was. */
  close(): void {
    this.#end?.();
    this.#mounted?.unmount();
    this.#end = this.#shown = undefined;
    this.shadowRoot?.replaceChildren();
  }

  /** Shows it when it is its turn, if it `may` be shown then; the promise is kept when it is there, or won't be. */
  #enter(rules: Rules | undefined, may: () => boolean, signal?: AbortSignal): Promise<void> {
    this.close();
    let end: () => void;
    const ended = new Promise<void>((resolve) => (this.#end = end = resolve));
    const wanted = (): boolean => this.#end == end && (!!this.#shown || may());
    const mounted = (it?: Mounted): void => {
      this.#armed?.abort();
      this.#mounted = this.#shown = it;
    };
    const display = this.getAttribute("display") ?? rules?.display;
    const { wasm, glue } = rules?.plain && display != "kiosk" ? plain : full;
    // Everything comes while it waits for its turn, the largest first.
    const coming: Coming = [wasm(), ...this.#ask()];
    // Whatever fails is told when it is its turn.
    Promise.allSettled([...coming, glue()]);
    return new Promise((entered) => {
      const show = async (): Promise<void> => {
        try {
          if (wanted()) await (await glue()).show(this, lent, coming, { wanted, mounted, signal });
        } catch (error) {
          if (this.#end == end) this.close();
          fail(this, "load", error);
        }
        if (this.#end == end && !this.#shown) this.close();
        entered();
        await ended;
      };
      // What has a place of its own is in nobody's way.
      /inline|page/.test(display!) ? show() : inTurn(show, signal);
    });
  }

  /** Asks for the definition, and for the first screen, which only the collector has that serves the survey. */
  #ask(): [definition: Promise<Response>, screen?: Promise<Response>] {
    const survey = this.getAttribute("survey")!;
    const address = addressOf(survey);
    // What isn't given, the collector knows not to heed.
    const asked = `lang=${this.closest<HTMLElement>("[lang]")?.lang}&display=${this.getAttribute("display")}`;
    return [get(address), ADDRESS.test(survey) ? undefined : get(`${address}/screen?${asked}`)];
  }

  /** When and how it is shown. What is wrong with a definition, the widget will say. */
  async #rules(survey: string): Promise<Rules> {
    let show = known[survey];
    try {
      // Only the definition itself knows the rules of a survey that another server has; all are in the package.
      if (__PACKAGE__ || ADDRESS.test(survey)) ({ show } = await (await get(addressOf(survey))).json());
    } catch {
      // It is fetched again when it is due, and missed then.
    }
    // An attribute that isn't a number changes nothing; the widget will say so as well.
    const number = (name: string, otherwise?: number): number | undefined => {
      const number = +(this.getAttribute(name) || NaN);
      return number >= 0 ? number : otherwise;
    };
    return {
      ...show,
      ...show?.pages,
      recontact_days: number("recontact", show?.recontact_days),
      sample: number("sample", show?.sample),
    };
  }
}
