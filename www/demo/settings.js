// Runs before anything is drawn: language and theme come from the address, so nothing has to be stored.
// The queue takes calls of puls(...) until the loader is there.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const pick = (name, allowed) => allowed.find((value) => value === asked.get(name)) || allowed[0];

  root.lang = pick("lang", ["en", "sv", "da"]);
  root.dataset.theme = pick("theme", ["auto", "light", "dark"]);
  // English is in the page itself; other languages are put in by demo.js, which then takes this class away.
  root.classList.toggle("translating", root.lang !== "en");

  window.puls =
    window.puls ||
    ((...call) => {
      (window.puls.q = window.puls.q || []).push(call);
    });
})();
