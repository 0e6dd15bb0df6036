/* Small behaviour of the frame around every page. */
(function () {
  "use strict";
  const choices = ["system", "light", "dark"];

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: {
      /* The button steps through system, light and dark; without a press it only tells what is chosen. */
      theme: function (presses) {
        let choice = window.supportTheme.chosen();
        if (presses) choice = choices[(choices.indexOf(choice) + 1) % choices.length];
        return [window.supportTheme.choose(choice), "Theme: " + choice];
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
      if (!except || !menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
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
