// The page in the preview's frame: shows the survey that it is told to. The frame's origin is its own (the collector
// sandboxes it), so nothing of this is remembered; what the survey posts gets no further than here, and no aggregator
// is asked for a key.

interface Told {
  /** The definition's text. */
  definition: string;
  theme: "auto" | "light" | "dark";
  attributes: Record<string, string>;
}

// A list with one key for X25519, HKDF-SHA256 and AES-128-GCM, which is nobody's.
const KEYS = [0, 41, 1, 0, 32, 0, 1, 0, 1, 0, 32, 9, ...Array<number>(31).fill(0)];

const fetchFrom = window.fetch;
window.fetch = async (address, init) => {
  if (/hpke_config/.test(String(address))) return new Response(Uint8Array.from(KEYS));
  return /POST|PUT/.test(init?.method ?? "") ? Response.json({ status: "accepted" }) : fetchFrom(address, init);
};

let shown: HTMLElement | undefined;
let url: string | undefined;

function show({ definition, theme, attributes }: Told): void {
  shown?.remove();
  if (url) URL.revokeObjectURL(url);
  url = URL.createObjectURL(new Blob([definition], { type: "application/json" }));
  document.documentElement.style.colorScheme = theme == "auto" ? "light dark" : theme;
  // A reload has forgotten whether the survey was seen, but somebody may begin anew.
  const all = { ...attributes, survey: url, trigger: "load", recontact: "0" };
  shown = document.createElement("puls-survey");
  for (const [name, value] of Object.entries(all)) shown.setAttribute(name, value);
  document.body.append(shown);
}

addEventListener("message", ({ source, data }) => {
  if (source == parent) show(JSON.parse(data) as Told);
});
