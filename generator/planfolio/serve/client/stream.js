/*
  One stream of server-sent events that is kept open for good, by the worker or by a page.
*/

const FIRST_WAIT = 250;
const LONGEST_WAIT = 1000;

/* The server says every fifteen seconds that it is there: a stream without that is a dead one. */
const LONGEST_SILENCE = 40_000;

/*
  Listen at a URL. `tell` is called with {connected: false} when the server has gone, {connected:
  true} when it is there, and {notice} for each attempt. The browser's own way to come back gives up
  for good on an answer that is no stream, so it is done here.
*/
export function keepOpen(url, tell) {
  let source = null;
  let timer = 0;
  let wait = FIRST_WAIT;

  function open() {
    source?.close();
    source = new EventSource(url);
    openAfter(LONGEST_SILENCE);
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      openAfter(LONGEST_SILENCE);
      tell({ connected: true });
    });
    source.addEventListener("here", () => openAfter(LONGEST_SILENCE));
    source.addEventListener("attempt", (event) => {
      openAfter(LONGEST_SILENCE);
      tell({ notice: JSON.parse(event.data) });
    });
    source.addEventListener("error", () => {
      source.close();
      tell({ connected: false });
      openAfter(wait);
      wait = Math.min(2 * wait, LONGEST_WAIT);
    });
  }

  /* Open it anew by then, unless something is heard before. */
  function openAfter(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(open, milliseconds);
  }

  open();
  return {
    /* Look for the server now; with `anew` even if the stream seems to be open. */
    wake(anew) {
      if (anew || source.readyState === EventSource.CLOSED) {
        wait = FIRST_WAIT;
        open();
      }
    },
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}
