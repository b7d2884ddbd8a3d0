/*
  Filters and sorts the rows of a list by its controls. What is chosen is in the address, so that it can
  be sent to others, and Back takes it back. A row names what it has in `data-filter`, and what it is
  sorted by in `data-sort`: `status:late tag:depot`.
*/
(() => {
  const rowsOf = (within) => [...within.querySelectorAll("tr[data-filter]")];
  const places = new Map(); /* of each row in its table */
  const opened = new Map(); /* of each fold, as it was */

  function update() {
    const form = document.querySelector(".filters");
    const rows = rowsOf(document);
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const wanted = chosen.filter(([name]) => name !== "sort").map((pair) => pair.join(":"));
    for (const row of rows) {
      const has = row.dataset.filter.split(" ");
      row.hidden = !wanted.every((mark) => has.includes(mark));
    }
    for (const part of document.querySelectorAll("main :is(.section, details, .table)")) {
      const own = rowsOf(part);
      if (!own.length) continue;
      const found = own.some((row) => !row.hidden);
      part.hidden = !found;
      if (part.localName !== "details") continue;
      if (!opened.has(part)) opened.set(part, part.open);
      part.open = wanted.length ? found : opened.get(part);
    }
    sort(rows, form.elements.sort.value);
    const counted = form.querySelector("[role=status]");
    counted.textContent = counted.dataset.words
      .replace("{shown}", rows.filter((row) => !row.hidden).length)
      .replace("{all}", rows.length);
  }

  function sort(rows, order) {
    const name = order.replace("-", "");
    const turn = order.startsWith("-") ? -1 : 1;
    const value = (row) =>
      name === "title" ? row.cells[0].innerText : mark(row.dataset.sort, name);
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    for (const body of new Set(rows.map((row) => row.parentNode))) {
      const own = rowsOf(body);
      for (const [place, row] of own.entries()) if (!places.has(row)) places.set(row, place);
      own.sort((a, b) => {
        const before = places.get(a) - places.get(b);
        if (!name) return before;
        const [one, other] = [value(a), value(b)];
        if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1) || before;
        return turn * compare(one, other) || before;
      });
      body.append(...own);
    }
  }

  function mark(marks, name) {
    const found = marks.split(" ").find((one) => one.startsWith(`${name}:`));
    return found?.slice(name.length + 1) ?? "";
  }

  function read() {
    const form = document.querySelector(".filters");
    if (!form) return; /* an empty plan has no list */
    const given = new URLSearchParams(location.search);
    for (const select of form.querySelectorAll("select")) {
      const value = given.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    update();
  }

  function write() {
    const form = document.querySelector(".filters");
    const address = new URL(location.href);
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    address.search = new URLSearchParams(chosen);
    history.pushState(null, "", address);
    update();
  }

  document.addEventListener("change", (event) => {
    if (event.target.closest(".filters")) write();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".filters button")) return;
    for (const select of document.querySelectorAll(".filters select")) select.value = "";
    write();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".filters")) event.preventDefault();
  });
  window.addEventListener("popstate", read);
  /* In the preview a page becomes its next version. */
  document.addEventListener("planfolio:renewed", read);
  read();
})();
