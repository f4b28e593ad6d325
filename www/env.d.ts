// What the build puts in the place of imports.

declare module "puls-styles" {
  const text: string;
  export default text;
}

declare module "puls-wasm" {
  export interface Mounted {
    speak(spoken: Spoken): void;
    restart(): void;
    is_kiosk(): boolean;
    unmount(): void;
  }
  /** A language that the page asks for; `src/browser/spoken.rs` describes each part. */
  export interface Spoken {
    language: string;
    words: string;
    number(number: number): string;
    category(number: number): string;
  }
  /** What the widget asks of the page; `src/browser/page.rs` describes each part. */
  export interface Page {
    load(key: string): string | undefined;
    store(key: string, text: string): void;
    emit(name: string, detail: string): void;
    fail(code: string, message: string): void;
    post(release: string): void;
    close(): void;
    restart(): void;
    room: number;
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
