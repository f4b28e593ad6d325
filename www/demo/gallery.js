// The gallery: a card for each ready-made survey, and the survey itself once somebody asks for it.

// Id, audience, title, and what it is for in one line.
const SURVEYS = [
  ["nps", "customer", "Would you recommend us?", "One question from 0 to 10. The net promoter score."],
  ["csat", "customer", "How satisfied are you?", "Five faces, and a question to those who weren't satisfied."],
  ["ces", "customer", "How easy was it?", "One question right after a task, or after giving it up."],
  ["support-chat", "customer", "How did it go?", "Four questions after a conversation, by agent where you want it."],
  ["enps", "employee", "Working here", "Would people recommend their workplace, and why?"],
  [
    "drivers",
    "employee",
    "What helps you at work?",
    "Would people recommend their workplace, and which of eleven things go with that?",
  ],
  ["trust", "employee", "Trust at work", "In management, in the organisation, in one another."],
  ["engagement-pulse", "employee", "This week's pulse", "Energy and clarity, once a week, on the team's own tablet."],
  [
    "psychological-safety",
    "employee",
    "How we talk in the team",
    "Can people in this team ask, doubt and fail without paying for it?",
  ],
  ["internal-service", "employee", "Help from colleagues", "HR, IT and finance as their colleagues see them."],
  [
    "action-check-in",
    "employee",
    "This week's small steps",
    "How often the small things were done that the team agreed on.",
  ],
  ["change", "employee", "Ready for the change?", "How ready people are for a change, and what would help."],
];

const ABOVE = { popover: "Popover", modal: "Modal", bar: "Bar" };
const APART = { page: "Page", kiosk: "Kiosk" };

const byId = (id) => document.getElementById(id);

/** An element with properties, or attributes where a name has a dash, and children. */
const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    key.includes("-") ? element.setAttribute(key, value) : (element[key] = value);
  }
  element.append(...children);
  return element;
};

const settings = () => {
  const entries = ["language", "preset", "theme"].map((id) => [id == "language" ? "lang" : id, byId(id).value]);
  return Object.fromEntries(entries.filter(([, value]) => value));
};

// One survey at a time, wherever it stands.
let open;

const close = () => {
  open?.element.remove();
  open?.button.setAttribute("aria-expanded", "false");
  open = undefined;
};

const show = (survey, display, button) => {
  close();
  const element = make("puls-survey");
  const attributes = { survey, display, trigger: "load", recontact: "0", ...settings() };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const here = byId(`here-${survey}`);
  display == "inline" ? here.append(element) : document.body.append(element);
  button.setAttribute("aria-expanded", "true");
  open = { survey, display, button, element };
};

const opener = (survey, display, name) => {
  const button = make("button", { type: "button", className: "way", textContent: name });
  button.setAttribute("aria-expanded", "false");
  if (display == "inline") button.setAttribute("aria-controls", `here-${survey}`);
  button.addEventListener("click", () => {
    open?.button == button ? close() : show(survey, display, button);
  });
  return button;
};

/** A page of its own is left like any page. */
const linkApart = (survey, display, name) => {
  const link = make("a", { className: "way", target: "_blank", rel: "noopener", textContent: name });
  link.setAttribute("aria-label", `${name} (opens in a new tab)`);
  // With the settings of the moment.
  const aim = () => (link.href = `/demo/survey.html?${new URLSearchParams({ survey, display, ...settings() })}`);
  aim();
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, aim);
  return link;
};

const card = ([id, , title, purpose]) => {
  const ways = make("div", { className: "ways", role: "group" });
  ways.setAttribute("aria-label", `Open “${title}” as`);
  ways.append(
    make("span", { className: "ways-name", textContent: "Open as" }),
    ...Object.entries(ABOVE).map(([display, name]) => opener(id, display, name)),
    opener(id, "inline", "Inline"),
    ...Object.entries(APART).map(([display, name]) => linkApart(id, display, name)),
  );
  const more = make(
    "p",
    { className: "more" },
    make("a", { href: `/docs/surveys/${id}.md`, textContent: "Guide", "aria-label": `Guide to “${title}”` }),
    make("a", {
      href: `https://surveys.example.com/preview#${id}`,
      textContent: "Every screen",
      "aria-label": `Every screen of “${title}”`,
    }),
  );
  return make(
    "li",
    { className: "card", id: `card-${id}` },
    make("p", { className: "kicker", translate: false, textContent: id }),
    make("h3", { textContent: title }),
    make("p", { textContent: purpose }),
    ways,
    make("div", { className: "here", id: `here-${id}` }),
    more,
  );
};

for (const list of document.querySelectorAll(".cards")) {
  list.append(...SURVEYS.filter(([, audience]) => audience == list.dataset.audience).map(card));
}

// Settings are part of the address, as on the demo's first page; what is open is shown with the new ones.

const asked = new URLSearchParams(location.search);
const NAMES = { language: "lang", preset: "preset", theme: "theme" };

for (const [id, name] of Object.entries(NAMES)) {
  const select = byId(id);
  if ([...select.options].some(({ value }) => value == asked.get(name))) select.value = asked.get(name);
  select.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set(name, select.value);
    history.replaceState(null, "", address);
    document.documentElement.dataset.theme = byId("theme").value;
    if (open) show(open.survey, open.display, open.button);
  });
}
document.documentElement.dataset.theme = byId("theme").value;

// A survey that was closed leaves its button as it found it.
document.addEventListener("puls-dismissed", close);
