// Finds the language that a survey is shown in, and gets the widget's words, numbers and plural forms for it.

import type { Spoken } from "puls-wasm";
import type { Loader } from "../contract";
import { addressOf } from "./page";
import { parsed } from "./parsed";

// The path of a language's words up to its tag, and the tags of all languages with words.
declare const __WORDS__: string;
declare const __WORDS_LANGUAGES__: string;

/** The tag in `available` that serves `wanted` best (RFC 4647, section 3.4: lookup). */
function lookup(wanted: string, available: string[]): string | undefined {
  for (let range = wanted.toLowerCase(); range; range = range.replace(/-?[^-]*$/, "")) {
    const found = available.find((tag) => tag.toLowerCase() == range);
    if (found) return found;
  }
}

/**
 * The survey's language for `host`: the one that serves the `lang` of `host` or of the nearest element around it, else
 * the survey's first.
 */
export function languageOf(host: Element, definition: string): string {
  const { languages } = parsed(definition);
  const known = Array.isArray(languages) ? languages.map(String) : [];
  return lookup(host.closest<HTMLElement>("[lang]")?.lang ?? "", known) ?? known[0] ?? "en";
}

/** Fetches what it takes to speak `language`. */
export async function speak(language: string, loader: Loader): Promise<Spoken> {
  // Both forms of Norwegian share a file, named after the more common one.
  const own = lookup(language.replace(/^n[on]\b/, "nb"), __WORDS_LANGUAGES__.split(" ")) ?? "en";
  const path = `${__WORDS__}${own}.json`;
  const response = await fetch(addressOf(loader, path), loader.quietly);
  if (!response.ok) throw Error(`words in ${own}: status ${response.status}`);
  const plurals = new Intl.PluralRules(own);
  const numbers = new Intl.NumberFormat(language);
  return {
    language,
    words: await response.text(),
    number: (number) => numbers.format(number),
    category: (number) => plurals.select(number),
  };
}

/** Whether a language writes numbers in European digits, as the collector renders them. */
export const hasEuropeanDigits = (language: string): boolean =>
  new Intl.NumberFormat(language).resolvedOptions().numberingSystem == "latn";
