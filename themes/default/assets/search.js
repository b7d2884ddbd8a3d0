/*
  Search, in a dialog on any page and on the page of search. The index and MiniSearch are loaded when
  it is first used. Where they cannot be had, the page of search is a plain list.
*/
(() => {
  const MOST = 20; /* results in the dialog; the page shows all of them */
  const AROUND = 50; /* characters of a text on each side of what was found in it */
  const SPACELESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

  const { index, library } = document.currentScript.dataset;
  const indexURL = new URL(index, document.baseURI);
  const libraryURL = new URL(library, document.baseURI);
  const isFile = location.protocol === "file:"; /* where nothing may be fetched */
  let loading = null;

  function load() {
    loading ??= Promise.all([import(libraryURL), fetch(indexURL)]).then(indexed);
    loading.catch(() => (loading = null));
    return loading;
  }

  async function indexed([{ default: MiniSearch }, answer]) {
    const { records } = await answer.json();
    const engine = new MiniSearch({
      fields: ["title", "tags", "text"],
      storeFields: ["kind", "title", "url", "status", "audience", "text", "weight"],
      tokenize: words,
      processTerm: (term) => term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(),
      searchOptions: {
        boost: { title: 4, tags: 2 },
        boostDocument: (id, term, { weight }) => weight,
        combineWith: "AND",
        fuzzy: (term) => term.length > 3 && 0.2,
        prefix: true,
      },
    });
    engine.addAll(records.map((record, id) => ({ id, ...record })));
    return engine;
  }

  function words(text) {
    if (!SPACELESS.test(text) || !Intl.Segmenter) return text.split(/[\s\p{Z}\p{P}\p{S}]+/u);
    const parts = new Intl.Segmenter("en", { granularity: "word" }).segment(text);
    return [...parts].filter((part) => part.isWordLike).map((part) => part.segment);
  }

  async function find(box) {
    const input = box.elements.q;
    const query = input.value.trim();
    let engine = null;
    if (query) {
      try {
        engine = await load();
      } catch {
        return; /* Enter leads to the page of search, where the list stays. */
      }
      if (input.value.trim() !== query) return;
    }
    show(box, query, engine ? engine.search(query) : []);
  }

  function show(box, query, found) {
    const { nothing, found: counted, all } = box.dataset;
    const onPage = !box.closest("dialog");
    const shown = onPage ? found : found.slice(0, MOST);
    const kinds = new Map();
    for (const record of shown) {
      if (!kinds.has(record.kind)) kinds.set(record.kind, []);
      kinds.get(record.kind).push(record);
    }
    const parts = [...kinds].flatMap(([kind, records]) => {
      const list = element("ul", "", ...records.map(row));
      list.setAttribute("aria-label", kind);
      const heading = element("p", "search-kind", kind);
      heading.ariaHidden = "true";
      return [heading, list];
    });
    if (shown.length < found.length) {
      const more = element("a", "search-more", all);
      more.href = `${box.action}?${new URLSearchParams({ q: query })}`;
      parts.push(more);
    }
    box.querySelector(".search-results").replaceChildren(...parts);
    const said = found.length ? `${counted} ${found.length}` : nothing;
    box.querySelector(".search-count").textContent = query ? said : "";
    if (onPage) {
      document.querySelector(".search-all").hidden = query !== "";
      const address = new URL(location.href);
      address.search = query ? new URLSearchParams({ q: query }) : "";
      history.replaceState(history.state, "", address);
    }
  }

  function row(record) {
    const { title, url, status, audience } = record;
    const notes = [status, audience].filter(Boolean).map((note) => element("span", "remark", note));
    const name = element("span", "search-title", title);
    const around = element("span", "search-excerpt", excerpt(record));
    name.dir = around.dir = "auto";
    const link = element("a", "", name, ...notes, around);
    link.href = new URL(url, new URL(".", indexURL));
    return element("li", "", link);
  }

  /* The words around what was found in a text, where the title does not have it. */
  function excerpt({ text, match }) {
    const terms = Object.keys(match);
    if (terms.some((term) => match[term].includes("title"))) return "";
    const lower = text.toLowerCase();
    const place = Math.max(0, Math.min(...terms.map((term) => lower.indexOf(term))));
    const start = Math.max(0, text.lastIndexOf(" ", place - AROUND));
    const end = text.indexOf(" ", place + AROUND);
    const said = end < 0 ? text.slice(start) : `${text.slice(start, end)} …`;
    return start ? `…${said}` : said;
  }

  function element(tag, name, ...children) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children);
    return made;
  }

  function open() {
    const dialog = document.querySelector(".search-dialog");
    const input = document.getElementById("search-words");
    if (isFile) {
      location.assign(new URL("index.html", document.querySelector(".search-link").href));
      return;
    }
    if (dialog && !dialog.open) dialog.showModal();
    input.focus();
    input.select();
    load().catch(() => {});
  }

  function isTyped(event) {
    return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  }

  document.addEventListener("keydown", (event) => {
    /* For a frame after a dialog is closed, its field still has the focus. */
    const closed = event.target.closest?.("dialog:not([open])");
    const box = !closed && event.target.closest?.(".search");
    if (box) {
      const places = [box.elements.q, ...box.querySelectorAll(".search-results a")];
      const here = places.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        places[here + step]?.focus();
      } else if (here > 0 && (isTyped(event) || event.key === "Backspace")) {
        places[0].focus(); /* and the key is typed there */
      }
      return;
    }
    if (!closed && event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const slash = event.key === "/" && isTyped(event);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (slash || k) {
      event.preventDefault();
      open();
    }
  });

  document.addEventListener("click", (event) => {
    const { target } = event;
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (target.closest(".search-link") && plain) {
      event.preventDefault();
      open();
    } else if (target.matches(".search-dialog") || target.closest(".search-close")) {
      target.closest("dialog").close();
    }
  });

  document.addEventListener("input", (event) => {
    const box = event.target.closest(".search");
    if (box) find(box);
  });

  document.addEventListener("submit", (event) => {
    const first = event.target.matches(".search") && event.target.querySelector(".search-results a");
    if (first) {
      event.preventDefault();
      first.click();
    }
  });

  /* In the preview a page becomes its next version, and so does the index. */
  document.addEventListener("planfolio:renewed", () => {
    loading = null;
    const box = document.querySelector(".search");
    if (box.elements.q.value) find(box);
  });

  const onPage = document.querySelector("main .search");
  if (onPage && isFile) {
    onPage.remove();
  } else if (onPage) {
    onPage.elements.q.value ||= new URLSearchParams(location.search).get("q") ?? "";
    if (onPage.elements.q.value) find(onPage);
  }
})();
