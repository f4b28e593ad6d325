// Walks through surveys as people do, in one page, and has axe look at each screen that hasn't been there before. `walk(how)`
// goes one way from the opening to what was sent, and resolves with what could be read on it and what axe found.
(() => {
  const RULES = {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  };
  // What can be told apart of a screen. How far one has come and which ids chance has drawn is nothing to axe.
  const known = new Set();

  // Two people with the same seed are dealt the same items in the same order.
  const deal = (seed) => {
    let state = seed;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
    crypto.getRandomValues = (values) => {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      bytes.forEach((_, index) => (bytes[index] = next() >>> 24));
      return values;
    };
  };

  const tick = () => new Promise((then) => setTimeout(then));

  const until = async (what, look) => {
    for (const begun = performance.now(); ; await tick()) {
      const found = look();
      if (found) return found;
      if (performance.now() - begun > 20_000) throw Error(`no ${what}`);
    }
  };

  const open = async (survey, attributes) => {
    puls("forget");
    const host = document.createElement("puls-survey");
    for (const [name, value] of Object.entries({ survey, trigger: "manual", ...attributes }))
      host.setAttribute(name, value);
    document.querySelector("footer").before(host);
    const shown = new Promise((then) => host.addEventListener("puls-shown", then, { once: true }));
    await Promise.all([host.open(), shown]);
    return host;
  };

  window.walk = async ({ survey, attributes, at, picks, write, seed, send, back, presets }) => {
    deal(seed);
    const host = await open(survey, attributes);
    const root = host.shadowRoot;
    const panel = root.querySelector(".panel");
    const read = new Set();
    const found = [];
    const all = (selector) => [...panel.querySelectorAll(selector)];
    const one = (selector) => panel.querySelector(selector);
    const written = () => all("[part=field]").filter(({ value }) => value).length;

    const note = () => {
      for (const { textContent } of all("h2, p, .statement, .link, .route")) read.add(textContent.trim());
      for (const { firstChild } of all(".lead")) read.add(firstChild.textContent.trim());
      if (written()) read.add(`written: ${one("h2").textContent}`);
    };
    const judge = async (preset, theme) => {
      // Both are all that a preset and a theme are to the style sheet.
      for (const styled of root.querySelectorAll("[data-preset]")) styled.dataset.preset = preset;
      host.setAttribute("theme", theme);
      // A colour in transition is none that anybody has chosen.
      await Promise.allSettled(root.getAnimations().map(({ finished }) => finished));
      for (const { id, nodes } of (await axe.run(document, RULES)).violations) {
        found.push([one("h2").textContent, preset, theme, id, nodes.map(({ failureSummary }) => failureSummary)]);
      }
    };
    const look = async () => {
      note();
      const copy = panel.cloneNode(true);
      copy.querySelectorAll(".progress, pre").forEach((varying) => varying.replaceChildren());
      const screen = [host.getAttribute("display"), innerWidth, written(), copy.outerHTML].join();
      if (known.has(screen)) return;
      known.add(screen);
      const { preset } = panel.dataset;
      for (const [turn, name] of (presets.length ? presets : [preset]).entries()) {
        await judge(name, (known.size + turn) % 2 ? "light" : "dark");
      }
      for (const styled of root.querySelectorAll("[data-preset]")) styled.dataset.preset = preset;
    };
    // Does something, and waits until the survey has gone on.
    const go = async (act) => {
      const state = () => panel.innerHTML + all("[part=field]").map(({ value }) => value);
      const before = state();
      act();
      await until(`screen after ${panel.textContent}`, () => state() != before);
      await tick();
    };
    const press = (selector) => go(() => one(selector).click());
    const both = async (selector) => {
      await press(selector);
      await look();
      await press(selector);
    };
    const choose = (group) => {
      const options = [...group.querySelectorAll("[part=option]")];
      const picked = options.find(({ textContent }) => picks.includes(textContent.trim()));
      (picked ?? options[Math.round(at * (options.length - 1))]).click();
    };
    const type = (field) => {
      field.value = write.slice(0, field.maxLength);
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    };
    const unanswered = () =>
      all("[role=radiogroup], [role=group][data-layout]").filter(
        (group) => !group.querySelector("[aria-checked=true]"),
      );
    const answer = async () => {
      const [groups, fields] = [unanswered(), all("[part=field]").filter(({ value }) => write && !value)];
      if (groups.length) await go(() => groups.forEach(choose));
      else if (fields.length) await go(() => fields.forEach(type));
      return groups.length + fields.length;
    };
    // Each answered screen once more, from the last one to the first, and on again.
    const lookBack = async () => {
      let screens = 0;
      for (; one("[part=back]"); screens++) {
        await press("[part=back]");
        await look();
      }
      for (; screens; screens--) await press("[part=primary]");
    };

    for (let last = false; !last; ) {
      await look();
      while (await answer()) await look();
      await until("way on", () => one("[part=primary]:enabled"));
      await look();
      await both("[part=sent-toggle]");
      last = one("[part=primary]").textContent.trim() == send;
      if (last && back) await lookBack();
      await press("[part=primary]");
    }
    // A batch is joined in its own time.
    await until("thanks", () => one(".message"));
    await look();
    await both("[part=sent-toggle]");
    host.remove();
    return [[...read], found];
  };
})();
