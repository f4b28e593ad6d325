// The page in the preview's frame: shows the survey that the preview tells it to. The collector sandboxes the frame, so
// it has an origin of its own and remembers nothing. This script catches what the survey posts, and answers for the
// aggregators that it asks for keys.

interface Told {
  /** The definition's text. */
  definition: string;
  theme: "auto" | "light" | "dark";
  attributes: Record<string, string>;
}

// A list with one key for X25519, HKDF-SHA256 and AES-128-GCM. The key belongs to nobody.
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
  // `recontact` is 0 since an author may start the survey again without a reload, which would forget that it was seen.
  const all = { ...attributes, survey: url, trigger: "load", recontact: "0" };
  shown = document.createElement("puls-survey");
  for (const [name, value] of Object.entries(all)) shown.setAttribute(name, value);
  document.body.append(shown);
}

addEventListener("message", ({ source, data }) => {
  if (source == parent) show(JSON.parse(data) as Told);
});
