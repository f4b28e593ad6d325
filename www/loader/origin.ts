// Where the loader came from, which is where surveys, the widget and the endpoint are unless told otherwise.
// The npm package has its own module in the place of this one: npm/origin.ts.

export const script = document.currentScript as HTMLScriptElement | null;

export const origin = new URL(script?.src || location.href).origin;
