/* Small behaviour of the frame around every page. */
(function () {
  "use strict";
  const choices = ["system", "light", "dark"];

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: {
      /* The button steps through system, light and dark; without a press it only tells what is chosen. */
      theme: function (presses, shown) {
        let choice = window.supportTheme.chosen();
        if (presses) choice = choices[(choices.indexOf(choice) + 1) % choices.length];
        const theme = window.supportTheme.choose(choice);
        /* Told what it knows already, Dash would have every chart drawn again. */
        return [theme === shown ? window.dash_clientside.no_update : theme, "Theme: " + choice];
      },
      documentTitle: function (title) {
        document.title = title + " · Support Analytics";
        return window.dash_clientside.no_update;
      },
    },
  });

  /* An open menu closes on Escape and on a press elsewhere. */
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (except && menu.contains(except)) return;
      /* On a phone the account lies within "More". */
      if (except && menu.matches(".more") && except.closest(".account")) return;
      /* What is closed cannot hold the focus. */
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus({ preventScroll: true });
      menu.open = false;
    });
  }
  ["click", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      closeMenus(event.target);
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    closeMenus(null);
    if (!menu) return;
    const summary = menu.querySelector("summary");
    (summary.getClientRects().length ? summary : document.querySelector(".more > summary")).focus();
  });

  /* A choice of one closes its menu, and so does a page. Where several may be chosen it stays open: see keep_place.js. */
  document.addEventListener("click", function (event) {
    const choice = event.target.closest(".menu .value-choice");
    if ((choice && !choice.closest(".value-group")) || event.target.closest(".more .nav-link")) closeMenus(null);
  });

  /* Many values: typing narrows the list. */
  document.addEventListener("input", function (event) {
    if (!event.target.matches(".value-search")) return;
    const words = event.target.value.trim().toLowerCase();
    event.target.closest(".menu-panel, .value-group").querySelectorAll(".value-choice").forEach(function (choice) {
      choice.hidden = !choice.textContent.toLowerCase().includes(words);
    });
  });
})();
