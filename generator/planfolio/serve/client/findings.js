/*
  The findings, laid over the page: errors by themselves, warnings when asked for.

  It lives beside the body in a shadow tree with a stylesheet of its own, so that no theme changes it
  and no page loses it. All that comes from the plan goes in as text.
*/

/* A server that is started anew is back before anyone needs to know. */
const GRACE = 1000;

const HIDDEN = "planfolio:hidden";
const WORDS = { error: "error", warning: "warning", info: "note" };

export class Findings {
  #host = make("planfolio-preview", { lang: "en", dir: "ltr", hidden: "" });
  #root;
  #dialog = make("dialog", { part: "findings", "aria-labelledby": "title" });
  #pill = make("aside", { "aria-label": "Live preview" });
  #counts = make("button", { type: "button", "aria-haspopup": "dialog", hidden: "" });
  #away = make("p", { role: "status" });
  #styled;
  #notice = { errors: 0, warnings: 0 };
  #state = null;
  #content = "";
  #timer = 0;

  /* `editor` is the URL that opens a place, with {path}, {line} and {column}; null for none. */
  constructor({ editor }) {
    this.editor = editor;
    this.#root = this.#host.attachShadow({ mode: "open" });
    const style = make("link", { rel: "stylesheet", href: new URL("client.css", import.meta.url) });
    this.#styled = new Promise((resolve) => style.addEventListener("load", resolve));
    this.#styled.then(() => (this.#host.hidden = false));
    this.#pill.append(this.#away, this.#counts);
    this.#root.append(style, this.#pill, this.#dialog);
    this.#counts.addEventListener("click", () => this.#open());
    this.#dialog.addEventListener("close", () => this.#closed());
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    document.documentElement.append(this.#host);
  }

  /* Say quietly that there is no server, once that has lasted a moment. */
  connected(is) {
    clearTimeout(this.#timer);
    if (is) this.#away.textContent = "";
    else {
      this.#timer = setTimeout(() => {
        this.#away.textContent = "The preview has stopped. This page waits for it.";
      }, GRACE);
    }
  }

  /* Show how an attempt went: errors at once if they are new, and the count of the rest. */
  async told(notice) {
    this.#notice = notice;
    const { errors, warnings } = notice;
    this.#counts.textContent = counted({ error: errors, warning: errors ? 0 : warnings });
    this.#counts.hidden = errors + warnings === 0;
    this.#counts.dataset.severity = errors ? "error" : "warning";
    this.#host.toggleAttribute("data-room", errors + warnings > 0);
    if (errors === 0) {
      remember("");
      if (!this.#dialog.open) return;
      if (this.#dialog.dataset.severity === "error" || warnings === 0) this.#dialog.close();
    }
    if (errors > 0 && !document.hidden) await this.#open({ unasked: true });
    else if (this.#dialog.open) await this.#open();
  }

  async #open({ unasked = false } = {}) {
    const notice = this.#notice;
    await this.#styled;
    const answer = await fetch(new URL("state.json", import.meta.url)).catch(() => null);
    if (!answer?.ok || notice !== this.#notice) return;
    const state = await answer.json();
    if (notice !== this.#notice) return;
    this.#state = state;
    if (unasked && !this.#dialog.open && remembered() === signature(state)) return;
    const content = JSON.stringify([state.failure, state.diagnostics, state.build === ""]);
    if (!this.#dialog.open || content !== this.#content) this.#fill(state);
    this.#content = content;
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #closed() {
    if (this.#state && this.#notice.errors > 0) remember(signature(this.#state));
  }

  #fill(state) {
    const failed = state.errors > 0;
    this.#dialog.dataset.severity = failed ? "error" : "warning";
    const title = make("h2", { id: "title", tabindex: "-1", autofocus: "" }, headline(state));
    const hide = make("button", { type: "button" }, "Hide ", make("kbd", {}, "Esc"));
    hide.addEventListener("click", () => this.#dialog.close());
    const list = make("div", { class: "list", role: "region", tabindex: "0" });
    list.setAttribute("aria-label", "Findings");
    if (state.failure) list.append(make("pre", { class: "failure" }, state.failure));
    for (const [path, found] of byPath(state.diagnostics)) {
      list.append(
        make(
          "section",
          {},
          make("h3", {}, path),
          make("ol", {}, ...found.map((finding) => this.#finding(finding))),
        ),
      );
    }
    if (state.left_out > 0) {
      const more = `And ${state.left_out} more: planfolio check shows them all.`;
      list.append(make("p", { class: "more" }, more));
    }
    const scrolled = this.#dialog.querySelector(".list")?.scrollTop ?? 0;
    this.#dialog.replaceChildren(
      make("div", { class: "top" }, make("div", {}, title, make("p", {}, lead(state))), hide),
      list,
    );
    list.scrollTop = scrolled;
    if (this.#dialog.open) title.focus();
  }

  #finding(d) {
    const place = `${d.line}:${d.column}`;
    const url = this.#link(d);
    const where = url
      ? make("a", { href: url, "aria-label": `${place}, open ${d.path} in the editor` }, place)
      : make("span", { class: "place" }, `${d.path}:${place}`);
    const kind = make("span", { class: "kind" }, WORDS[d.severity] ?? d.severity);
    const rule = make("span", { class: "rule" }, `${d.code} ${d.name}`);
    const item = make("li", { "data-severity": d.severity }, make("p", { class: "head" }, where, kind, rule));
    item.append(make("p", { class: "message" }, ...worded(d.message)));
    if (d.source) {
      const { before, marked, after } = d.source;
      item.append(
        make(
          "pre",
          { class: "source", "data-line": d.line },
          make("code", {}, before, make("mark", {}, marked || " "), after),
        ),
      );
    }
    if (d.hint) item.append(make("p", { class: "hint" }, ...worded(d.hint)));
    return item;
  }

  #link({ path, line, column }) {
    if (!this.editor) return null;
    const values = {
      path: path.split("/").map(encodeURIComponent).join("/"),
      line: String(line),
      column: String(column),
    };
    return this.editor.replace(/\{(path|line|column)\}/g, (_, name) => values[name]);
  }
}

function headline(state) {
  if (state.errors > 0 && state.diagnostics.every((d) => d.severity !== "error")) {
    return "The site could not be built";
  }
  const { errors, warnings, notes } = state;
  return counted(errors > 0 ? { error: errors } : { warning: warnings, info: notes });
}

function lead(state) {
  if (state.errors === 0) return "The site is built. planfolio explain CODE explains a finding.";
  return state.build === ""
    ? "There is no page to show yet. Closes when you fix it."
    : "The page below is the last good one. Closes when you fix it.";
}

function counted(counts) {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${WORDS[severity]}${count === 1 ? "" : "s"}`)
    .join(", ");
}

/* Text in which what stands between backticks is code. */
function worded(text) {
  return text.split("`").map((part, n, parts) => {
    if (n % 2 === 0) return part;
    return n < parts.length - 1 ? make("code", {}, part) : `\`${part}`;
  });
}

function byPath(diagnostics) {
  const groups = new Map();
  for (const d of diagnostics) groups.set(d.path, [...(groups.get(d.path) ?? []), d]);
  return groups;
}

/* What makes errors others than those that were hidden: not the line they have moved to. */
function signature({ failure, diagnostics }) {
  const errors = diagnostics.filter((d) => d.severity === "error");
  return JSON.stringify([failure, errors.map((d) => [d.path, d.code, d.message])]);
}

/* A tab remembers what it hid from page to page; where storage is closed, only on this one. */
let hidden = "";

function remember(text) {
  hidden = text;
  try {
    sessionStorage.setItem(HIDDEN, text);
  } catch {
    /* A page may be shown where nothing can be stored. */
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(HIDDEN) ?? hidden;
  } catch {
    return hidden;
  }
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
