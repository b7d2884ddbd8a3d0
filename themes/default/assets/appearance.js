/*
  The colours that the reader chose: those of the system, light or dark. It stands before the
  stylesheet and is waited for, so that no page is painted in other colours first.
*/
(() => {
  const KEY = "planfolio:appearance";
  const CHOICES = ["system", "light", "dark"];

  /* A browser that keeps nothing still changes the page that is open. */
  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function remember(choice) {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      return;
    }
  }

  let chosen;
  function show(choice) {
    chosen = CHOICES.includes(choice) ? choice : "system";
    document.documentElement.dataset.appearance = chosen;
    const control = document.querySelector(`[name="appearance"][value="${chosen}"]`);
    if (control) control.checked = true;
  }

  show(remembered());
  document.addEventListener("DOMContentLoaded", () => show(chosen));
  /* Back leads to a page as it was left, and the choice may be another one by now. */
  addEventListener("pageshow", () => show(remembered() ?? chosen));
  /* The preview has put the page's next version in place. */
  document.addEventListener("planfolio:renewed", () => show(chosen));
  addEventListener("storage", (event) => event.key === KEY && show(event.newValue));
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "appearance") return;
    show(target.value);
    remember(chosen);
  });
})();
