// The page in the preview's frame: shows the survey that it is told to. The frame's origin is its own (the collector
// sandboxes it), so nothing of this is remembered; and what the survey posts gets no further than here.

interface Told {
  /** The definition's text. */
  definition: string;
  theme: "auto" | "light" | "dark";
  attributes: Record<string, string>;
}

const fetchFrom = window.fetch;
window.fetch = (address, init) =>
  init?.method == "POST" ? Promise.resolve(Response.json({ status: "accepted" })) : fetchFrom(address, init);

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
