// One person's visit. They answer as soon as they are asked and leave: every other one at once, while the release is on
// its way, and the rest when it has been delivered. The page's address has the answers of those who are still to come
// to this window. What its visits have led to lies in its `sessionStorage`.
(async () => {
  const [answer, ...others] = new URLSearchParams(location.search).get("answers").split(",");
  if (!answer) return;
  const visits = JSON.parse(sessionStorage.visits ?? '{"released":[],"errors":[]}');
  // Each person has chance decide anew: what it decided for the one before would else be kept.
  const known = await indexedDB.databases();
  if (known.some(({ name }) => name == "puls.")) {
    await new Promise((then) => {
      indexedDB.open("puls.").onsuccess = ({ target: { result: database } }) => {
        const transaction = database.transaction("keep", "readwrite");
        transaction.objectStore("keep").delete("keep.nps");
        transaction.oncomplete = () => {
          database.close();
          then();
        };
      };
    });
  }

  const until = async (look) => {
    for (let found; ; await new Promise((then) => setTimeout(then, 400))) if ((found = look())) return found;
  };
  const part = (selector) => until(() => document.querySelector("puls-survey")?.shadowRoot?.querySelector(selector));
  const waits = ({ id }) => Object.values({ ...localStorage }).some((text) => text.includes(id));
  const completed = new Promise((then) => document.addEventListener("puls-completed", then, { once: true }));

  (await part(`[part=option]:nth-child(${+answer + 1})`)).click();
  (await part("[part=primary]:enabled")).click();
  await completed;
  const released = pulsTold.filter(([name]) => name == "puls-released").map(([, release]) => release);
  if (others.length % 2) await until(() => !released.some(waits));

  visits.released.push(...released);
  // A network that is as bad as this is told of, and nothing is the matter.
  const mistakes = pulsTold.filter(([name, detail]) => name == "puls-error" && detail.code != "waiting");
  visits.errors.push(...pageErrors, ...mistakes);
  sessionStorage.visits = JSON.stringify(visits);
  location.replace(`?answers=${others}`);
})();
