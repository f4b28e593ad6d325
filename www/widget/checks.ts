// Checks the attributes whose mistakes nothing else reports: the loader and the style sheet silently take defaults.

const FORMS: Record<string, [allowed: (value: string) => boolean, form: string]> = {
  theme: [(value) => /^(light|dark|auto)$/.test(value), "light, dark or auto"],
  recontact: [(value) => isBelow(value, 9999), "a number of days from 0 to 9999"],
  sample: [(value) => isBelow(value, 1), "a share from 0 to 1"],
};

const isBelow = (value: string, most: number): boolean => {
  const number = +(value || NaN);
  return number >= 0 && number <= most;
};

/** Calls `refuse` for each attribute of `host` that has a value which isn't allowed. */
export function checkAttributes(host: Element, refuse: (message: string) => void): void {
  for (const [name, [allowed, form]] of Object.entries(FORMS)) {
    const value = host.getAttribute(name);
    if (value != null && !allowed(value)) refuse(`${name}: "${value}" is not allowed; use ${form}`);
  }
}
