/*
  The client of the preview: keeps the page it is in as the plan is, and shows what is wrong with it.
*/

import { become } from "./morph.js";
import { Findings } from "./findings.js";
import { keepOpen } from "./stream.js";

/* How long a tab that nobody sees waits, so that the one that is seen comes first. */
const BEHIND = 300;

/* How long after a page could not be had it is asked for again. */
const AGAIN = 1000;

/* A worker answers at once; one that has not by then will not. */
const PATIENCE = 3000;

const given = givenTo(document);
const findings = new Findings({ editor: given.editor });

/* What the page shows; what was heard last; whether the page is on its way there. */
let build = given.build;
let latest = null;
let underWay = false;
let timer = 0;

const news = listen(({ connected, notice }) => {
  if (connected !== undefined) findings.connected(connected);
  if (notice) hear(notice);
});

document.addEventListener("visibilitychange", () => document.hidden || look());
addEventListener("online", look);
addEventListener("pageshow", (event) => event.persisted && look());

function hear(notice) {
  latest = notice;
  findings.told(notice);
  if (notice.follow && !document.hidden && !isHere(notice.follow)) {
    location.assign(notice.follow);
    return;
  }
  clearTimeout(timer);
  if (document.hidden) timer = setTimeout(catchUp, BEHIND);
  else catchUp();
}

/* Ask how things stand: a computer that slept may have missed it, and the stream be a dead one. */
async function look() {
  try {
    const answer = await fetch(new URL("state.json", import.meta.url));
    const state = await answer.json();
    if (latest?.number !== state.number || latest.build !== state.build) news.wake(true);
    hear({ number: state.number, build: state.build, errors: state.errors, warnings: state.warnings });
  } catch {
    /* A stream that seems open may be a dead one: one that is new tells when the server is there. */
    news.wake(true);
  }
}

async function catchUp() {
  if (underWay) return;
  underWay = true;
  try {
    for (let goal = null; goal !== latest && latest.build !== build; ) {
      goal = latest;
      build = await renew(goal);
    }
  } catch {
    setTimeout(look, AGAIN); /* The server has gone, or has too much to do. */
  } finally {
    underWay = false;
  }
}

/* Become the page that came with a notice, or else ask for it. Returns the build that it is of. */
async function renew({ build: wanted, pages = {} }) {
  const sent = pages[location.pathname];
  const answer = sent ? new Response(sent) : await fetch(location.href);
  if (answer.redirected) {
    location.replace(answer.url + location.hash); /* The whole site has moved. */
    return wanted;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = givenTo(next);
  /* A server that has just begun has no page yet: it will tell when it has. */
  if (!found && answer.status === 503) return build;
  if (found) findings.editor = found.editor;
  if ((found && found.version !== given.version) || !(await become(next))) location.reload();
  /* The next one is sent to those who ask for this one: so a tab that was closed gets none. */
  if (sent) setTimeout(() => fetch(location.href, { method: "HEAD" }).catch(() => {}), BEHIND);
  return found ? found.build : wanted;
}

function givenTo(page) {
  const script = page.querySelector("script[data-planfolio]");
  return script && JSON.parse(script.dataset.planfolio);
}

function isHere(path) {
  const url = new URL(path, location.href);
  return decodeURI(url.pathname) === decodeURI(location.pathname);
}

/*
  Hear of attempts by the worker that all pages share, or by a stream of its own in a browser that
  has none; `tell` is called as in stream.js. The version keeps pages from a worker that an older
  planfolio left behind.
*/
function listen(tell) {
  let source = null;

  function alone() {
    source = keepOpen(new URL("events", import.meta.url), tell);
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (event) => event.persisted && source.wake(true));
  }

  function together() {
    const url = new URL("worker.js", import.meta.url);
    url.searchParams.set("version", given.version);
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
