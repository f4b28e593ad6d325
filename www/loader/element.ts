// <puls-survey>: waits until its survey is due, then fetches definition and widget side by side, and shows the survey.

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

// The collector puts the rules of its surveys here, so that no definition has to be fetched before its survey is due.
const known = "__PULS_SHOW__" as unknown as Record<string, Rules>;

// The address of a definition contains at least one of these characters; an id contains none.
const ADDRESS = /[/:.]/;

const addressOf = (survey: string): string => (ADDRESS.test(survey) ? survey : `${origin}/v1/surveys/${survey}`);

/** A survey on the page. Attributes: survey, endpoint, display, trigger, sample, recontact, lang, theme, segment-*. */
export class PulsSurvey extends HTMLElement {
  #armed?: AbortController;
  // The survey that the glue shows, or has put aside in case it is opened again.
  #mounted?: Mounted;
  #shown?: unknown;
  // Ends the survey that is shown or waits for its turn. Each attempt to show one has its own `#end`: once that is
  // replaced, everything still on its way for the earlier attempt is void.
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
      // A trigger makes the survey due once, and it stays due: if it may not be shown here, it may be on the next page.
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

  /** Shows the survey now, regardless of its triggers and rules. */
  async open(): Promise<void> {
    this.#armed?.abort();
    if (!this.#shown && this.isConnected) await this.#enter(known[this.getAttribute("survey")!], () => true);
  }

  /** Takes the survey off the page. As long as the element stays on the page, opening it again goes on where it was. */
  close(): void {
    this.#end?.();
    this.#mounted?.unmount();
    this.#end = this.#shown = undefined;
    this.shadowRoot?.replaceChildren();
  }

  /**
   * Shows the survey when it is its turn, if it `may` be shown then. The promise resolves when the survey is there, or
   * when it is clear that it won't be.
   */
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
    // Everything is fetched while the survey waits for its turn, the largest file first.
    const coming: Coming = [wasm(), ...this.#ask()];
    // Whatever fails is reported when it is the survey's turn; until then no rejection counts as unhandled.
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
      // A survey in the page's flow is in nobody's way, so it needn't wait.
      /inline|page/.test(display!) ? show() : inTurn(show, signal);
    });
  }

  /** Fetches the definition, and the first screen if a collector serves the survey. */
  #ask(): [definition: Promise<Response>, screen?: Promise<Response>] {
    const survey = this.getAttribute("survey")!;
    const address = addressOf(survey);
    // The collector ignores values that say `undefined` or `null`.
    const asked = `lang=${this.closest<HTMLElement>("[lang]")?.lang}&display=${this.getAttribute("display")}`;
    return [get(address), ADDRESS.test(survey) ? undefined : get(`${address}/screen?${asked}`)];
  }

  /** Reads when and how the survey is shown. The widget will report what is wrong with a definition. */
  async #rules(survey: string): Promise<Rules> {
    let show = known[survey];
    try {
      // `known` lacks surveys from other servers, and in the package all surveys: only the definition has their rules.
      if (__PACKAGE__ || ADDRESS.test(survey)) ({ show } = await (await get(addressOf(survey))).json());
    } catch {
      // The definition is fetched again when the survey is due. If that fails, it is reported.
    }
    // An attribute that isn't a number changes nothing. The glue will report it.
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
