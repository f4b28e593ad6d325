// The modules that the build puts in place of these imports.

declare module "puls-styles" {
  const text: string;
  export default text;
}

declare module "puls-sealed-wasm" {
  /** An answer in two shares; `sealed/module/src/lib.rs` describes each part. */
  export class Report {
    static split(
      task: Uint8Array,
      now: number,
      precision: number,
      cells: Uint32Array,
      bits: number,
      random: Uint8Array,
    ): Report | undefined;
    plaintext(helper: boolean): Uint8Array;
    associated_data(): Uint8Array;
    time(): number;
    message(leaderId: number, leader: Uint8Array, helperId: number, helper: Uint8Array): Uint8Array | undefined;
  }
  export function key(list: Uint8Array): Uint8Array | undefined;
  export function info(helper: boolean): Uint8Array;
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}

declare module "puls-hpke-wasm" {
  export function seal(
    key: Uint8Array,
    info: Uint8Array,
    bound: Uint8Array,
    plaintext: Uint8Array,
    random: Uint8Array,
  ): Uint8Array | undefined;
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}

declare module "puls-wasm" {
  export interface Mounted {
    speak(spoken: Spoken): void;
    unmount(): void;
    // The small build has none of the following.
    fit(width: number, inUse: boolean): void;
    ask(): void;
    restart(): void;
    is_kiosk(): boolean;
    is_shared(): boolean;
    is_sealed(): boolean;
  }
  /** A language as the glue provides it; `src/browser/spoken.rs` describes each part. */
  export interface Spoken {
    language: string;
    words: string;
    number(number: number): string;
    category(number: number): string;
  }
  /** What the glue does for the widget; `src/browser/page.rs` describes each part. */
  export interface Page {
    kept?: string | undefined;
    change(survey: string, lasts: boolean, change: (kept?: string) => string | undefined): void;
    emit(name: string, detail: string): void;
    fail(code: string, message: string): void;
    post(release: string, departure: import("./contract").Departure): void;
    // The small build's page doesn't have these two.
    seal?(
      leader: string,
      helper: string,
      precision: number,
      answers: [task: string, bits: number, cells: Uint32Array][],
      done: (sealed?: string[]) => void,
    ): void;
    upload?(url: string, report: string, shown: string): void;
    close(): void;
    restart(): void;
    uncalled: boolean;
    room(above: boolean): number;
    destination: string;
    today: number;
  }
  export function mount(
    host: Element,
    root: HTMLElement,
    definition: string,
    spoken: Spoken,
    page: Page,
  ): Mounted | undefined;
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}
