// What this shop does by itself, and the four places where it meets Puls: theme, chat, releases, forget.
import { t, translatePage } from "./texts.js";

const byId = (id) => document.getElementById(id);
const root = document.documentElement;

translatePage(root.lang);
root.classList.remove("translating");

// Language and theme are part of the address; a new language starts the page afresh.

const addressWith = (name, value) => {
  const address = new URL(location.href);
  address.searchParams.set(name, value);
  return address;
};

const applyTheme = (theme) => {
  root.dataset.theme = theme;
  document.querySelector("script[data-survey]").dataset.theme = theme;
  for (const survey of document.querySelectorAll("puls-survey")) survey.setAttribute("theme", theme);
};

byId("language").value = root.lang;
byId("language").addEventListener("change", (event) => {
  location.assign(addressWith("lang", event.target.value));
});

byId("theme").value = root.dataset.theme;
byId("theme").addEventListener("change", (event) => {
  history.replaceState(null, "", addressWith("theme", event.target.value));
  applyTheme(event.target.value);
});
applyTheme(root.dataset.theme);

for (const add of document.querySelectorAll(".add")) {
  add.addEventListener("click", () => {
    byId("basket-count").value = Number(byId("basket-count").value) + 1;
  });
}

// The third way to embed Puls: the page says when, and who helped.

byId("end-conversation").addEventListener("click", (event) => {
  byId("chat-ended").hidden = false;
  event.target.textContent = t("Rate the conversation");
  window.puls("open", "support-chat", { segment: { agent: "a17" } });
});

// Every release is announced by an event whose detail is the very JSON that is posted.

const explain = ({ mechanism, respondents }) =>
  mechanism.kind === "batched"
    ? t("{n} people's answers, added up on the tablet. No row stands for one person.").replace("{n}", respondents)
    : t(
        "One person's answers, randomised before they left the page's memory. Each may or may not be the true one; only many together tell something.",
      );

// Indented, with each row of counts on one line.
const pretty = (release) =>
  JSON.stringify(release, null, 2).replace(/\[[\d,\s]*\]/g, (cells) => cells.replace(/\s+/g, "").replaceAll(",", ", "));

document.addEventListener("puls-released", (event) => {
  byId("sent-count").textContent = Number(byId("sent-count").textContent) + 1;
  byId("sent-note").textContent = explain(event.detail);
  byId("last-release").firstElementChild.textContent = pretty(event.detail);
});

byId("forget").addEventListener("click", () => {
  window.puls("forget");
  location.reload();
});
