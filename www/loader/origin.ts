// Where the loader came from. Surveys, the widget and the endpoint are there as well, unless the page says otherwise.
// In the npm package, npm/origin.ts replaces this module.

export const script = document.currentScript as HTMLScriptElement | null;

export const origin = new URL(script?.src || location.href).origin;
