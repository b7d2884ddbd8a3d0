/*
  Says what a mark of a chart stands for: by keyboard where the focus is, by touch at the first tap; the
  second follows the link. A mouse needs no script for it.
*/
(() => {
  const EDGE = 8; /* pixels around it */
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true"); /* the words are the name of the link */
  let shown = null;

  function show(mark) {
    tip.textContent = mark.querySelector("title").textContent;
    document.body.append(tip);
    const box = mark.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    const middle = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const left = Math.min(middle - own.width / 2, innerWidth - own.width - EDGE);
    const above = box.top - own.height - EDGE;
    tip.style.left = `${Math.max(left, EDGE)}px`;
    tip.style.top = `${above < EDGE ? box.bottom + EDGE : above}px`;
    shown = mark;
  }

  function hide() {
    tip.remove();
    shown = null;
  }

  const markOf = (event) => event.target.closest?.(".chart svg a:has(> title)");

  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark?.matches(":focus-visible")) show(mark);
    else if (mark !== shown) hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark) hide();
    else if (event.pointerType === "touch" && mark !== shown) {
      event.preventDefault();
      show(mark);
    }
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", () => shown && show(shown), { capture: true, passive: true });
})();
