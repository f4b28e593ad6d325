// Notes all that a page can observe, from before its first script on: what goes over the network and into storage, what is
// told by events and to the console, what changes outside shadow roots. `tapped()` takes out what was noted since the last time.
(() => {
  let notes = [];
  const text = (value) => {
    if (typeof value == "string") return value;
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const note = (...what) => void notes.push(what.map(text).join(" "));
  // Calls of functions that lead out of the page's memory, or to other scripts.
  const tap = (owner, names, before = () => "") => {
    for (const name of names) {
      const original = owner?.[name];
      if (!original) continue;
      owner[name] = function (...given) {
        note(name, before(this), ...given.map((value) => value?.url ?? value?.detail ?? value));
        return original.apply(this, given);
      };
    }
  };
  tap(window, ["fetch", "postMessage", "open", "alert", "requestIdleCallback", "structuredClone"]);
  tap(XMLHttpRequest.prototype, ["open", "send", "setRequestHeader"]);
  tap(Navigator.prototype, ["sendBeacon", "vibrate", "share"]);
  tap(WebSocket.prototype, ["send"]);
  for (const name of ["WebSocket", "EventSource", "Worker", "SharedWorker", "BroadcastChannel", "Notification"]) {
    window[name] = new Proxy(window[name], {
      construct(made, given) {
        note("new", name, ...given);
        return new made(...given);
      },
    });
  }
  tap(BroadcastChannel.prototype, ["postMessage"]);
  tap(MessagePort.prototype, ["postMessage"]);
  tap(Storage.prototype, ["setItem", "removeItem"]);
  tap(IDBObjectStore.prototype, ["put", "add", "delete"]);
  tap(IDBFactory.prototype, ["open", "deleteDatabase"]);
  tap(globalThis.Cache?.prototype, ["put", "add"]);
  tap(globalThis.CacheStorage?.prototype, ["open"]);
  tap(globalThis.LockManager?.prototype, ["request"]);
  tap(console, ["log", "info", "warn", "error", "debug", "trace", "table"]);
  tap(History.prototype, ["pushState", "replaceState"]);
  tap(Performance.prototype, ["mark", "measure"]);
  tap(EventTarget.prototype, ["dispatchEvent"], (target) => target.localName ?? target.constructor.name);
  // Named properties of storage are no function calls.
  for (const kind of ["localStorage", "sessionStorage"]) {
    const real = window[kind];
    const tapped = new Proxy(real, {
      get: (_, name) => (typeof real[name] == "function" ? real[name].bind(real) : real[name]),
      set(_, name, value) {
        note(kind, name, value);
        real[name] = value;
        return true;
      },
    });
    Object.defineProperty(window, kind, { get: () => tapped });
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    get: cookie.get,
    set(value) {
      note("cookie", value);
      cookie.set.call(this, value);
    },
  });
  for (const target of [window, document]) {
    for (const name in target) {
      if (name.startsWith("on"))
        target.addEventListener(
          name.slice(2),
          ({ type, detail, data }) => {
            // What the browser itself tells of a key or a click, it tells every script: only that it does is noted.
            if (!/key|input|click|pointer|mouse|touch|scroll|focus|blur|selection|select|change/.test(type)) {
              note("event", type, detail, data);
            }
          },
          true,
        );
    }
  }
  // How much of an element the parser has read by now hangs on how the page arrived; the rest has notes of its own.
  const markup = (node) =>
    (document.readyState == "complete" ? node.outerHTML : node.cloneNode().outerHTML) ?? node.data;
  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type == "attributes") note("attribute", target.localName, attributeName, target.getAttribute(attributeName));
      else if (type == "characterData") note("text", target.data);
      else for (const node of addedNodes) note("added", markup(node));
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const own = new Set([...Object.getOwnPropertyNames(window), "tapped", "puls"]);
  const database = async ({ name }) => {
    const open = await new Promise((then) => (indexedDB.open(name).onsuccess = ({ target }) => then(target.result)));
    const all = await Promise.all(
      [...open.objectStoreNames].map(
        (store) =>
          new Promise((then) => {
            open.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => then(target.result);
          }),
      ),
    );
    open.close();
    return [name, all];
  };
  // What lies open now.
  const open = async () => ({
    localStorage: { ...localStorage },
    sessionStorage: { ...sessionStorage },
    databases: await Promise.all((await indexedDB.databases()).map(database)),
    caches: await caches.keys(),
    cookie: document.cookie,
    address: location.href,
    history: [history.length, history.state],
    title: document.title,
    windowName: window.name,
    properties: Object.getOwnPropertyNames(window)
      .filter((name) => !own.has(name))
      .map((name) => [name, text(window[name])]),
    page: document.documentElement.outerHTML,
    selection: String(getSelection()),
    active: document.activeElement?.outerHTML,
    // How long a frame or a task takes is the machine's doing.
    performance: performance
      .getEntries()
      .filter(({ entryType }) => !/^long/.test(entryType))
      .map(({ entryType, name, detail }) => [entryType, name, detail]),
  });
  Object.defineProperty(window, "tapped", {
    value: async () => {
      const noted = notes;
      notes = [];
      return { noted, now: await open() };
    },
  });
  // The same chance every time, so that two runs differ by the answers alone.
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  crypto.getRandomValues = (values) => {
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength).forEach(
      (_, index, bytes) => (bytes[index] = next() >>> 24),
    );
    return values;
  };
  Math.random = () => next() / 2 ** 32;
})();
