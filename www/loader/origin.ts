// Where the loader came from, which is where surveys, the widget and the endpoint are unless told otherwise.

export const script = document.currentScript as HTMLScriptElement | null;

export const origin = new URL(script?.src || location.href).origin;
