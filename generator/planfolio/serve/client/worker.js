/*
  The one stream of all open pages: a browser opens six connections to a server and no more, so that
  a stream for each page would leave none for the seventh.
*/

import { keepOpen } from "./stream.js";

const pages = new Set();
let connected = true;
let last = null;

const stream = keepOpen(new URL("events", import.meta.url), (news) => {
  if ("connected" in news) connected = news.connected;
  /* A page that comes later was not there before: what changed since then means nothing to it. */
  if (news.notice) last = { ...news.notice, follow: null, pages: {} };
  for (const page of pages) page.postMessage(news);
});

self.addEventListener("connect", ({ ports: [page] }) => {
  page.addEventListener("message", ({ data }) => {
    if (data === "bye") pages.delete(page);
    if (data === "wake") stream.wake(false);
    if (data === "anew") stream.wake(true);
    if (data === "hello") {
      pages.add(page);
      page.postMessage({ connected, notice: last });
    }
  });
  page.start();
});
