/*
  How a page hears of outcomes: by the worker that all pages share, or by a stream of its own in a
  browser that has none.
*/

import { keepOpen } from "./stream.js";

/* A worker answers at once; one that has not by then will not. */
const PATIENCE = 3000;

/*
  Begin to listen; `tell` is called as in stream.js. `version` keeps pages from a worker that an
  older planfolio left behind.
*/
export function listen(version, tell) {
  let source = null;

  function alone() {
    source = keepOpen(new URL("events", import.meta.url), tell);
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (event) => event.persisted && source.wake(true));
  }

  function together() {
    const url = new URL("worker.js", import.meta.url);
    url.searchParams.set("version", version);
    const worker = new SharedWorker(url, { type: "module", name: "planfolio" });
    const { port } = worker;
    const giveUp = () => {
      clearTimeout(timer);
      port.postMessage("bye");
      port.close();
      if (source === shared) alone();
    };
    const timer = setTimeout(giveUp, PATIENCE);
    const shared = { wake: (anew) => port.postMessage(anew ? "anew" : "wake") };
    source = shared;
    worker.addEventListener("error", giveUp);
    port.addEventListener("message", ({ data }) => {
      clearTimeout(timer);
      tell(data);
    });
    port.start();
    port.postMessage("hello");
    addEventListener("pagehide", () => port.postMessage("bye"));
    addEventListener("pageshow", (event) => event.persisted && port.postMessage("hello"));
  }

  try {
    together();
  } catch {
    alone();
  }
  return { wake: (anew = false) => source.wake(anew) };
}
