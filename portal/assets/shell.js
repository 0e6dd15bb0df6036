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
        window.setTimeout(showPlace, 200);
        return window.dash_clientside.no_update;
      },
    },
  });

  /* On a phone the bar of pages slides: the page that is shown stays in sight. */
  function showPlace() {
    const here = document.querySelector(".nav-link.is-here");
    const bar = here && here.closest("nav");
    if (!bar || bar.scrollWidth <= bar.clientWidth) return;
    bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
  }

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

  /* A choice of one closes its menu. Where several may be chosen it stays open, though the bar around it is drawn anew. */
  let reopen = null;
  document.addEventListener("click", function (event) {
    const choice = event.target.closest(".filter-bar .value-choice");
    if (!choice) return;
    const group = choice.closest(".value-group");
    if (!group) {
      closeMenus(null);
      return;
    }
    const panel = choice.closest(".menu-panel");
    reopen = {
      menu: choice.closest(".menu").id,
      groups: Array.from(panel.querySelectorAll(".value-group[open]"), (each) => each.id),
      group: group.id,
      words: choice.textContent,
      scroll: panel.scrollTop,
    };
    window.setTimeout(function () {
      reopen = null;
    }, 3000);
  });
  new MutationObserver(function () {
    const menu = reopen && document.getElementById(reopen.menu);
    if (!menu || (menu.open && menu.contains(document.activeElement))) return;
    menu.open = true;
    reopen.groups.forEach(function (id) {
      document.getElementById(id).open = true;
    });
    menu.querySelector(".menu-panel").scrollTop = reopen.scroll;
    const choices = Array.from(document.getElementById(reopen.group).querySelectorAll(".value-choice"));
    const chosen = choices.find((choice) => choice.textContent === reopen.words);
    if (chosen) chosen.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* Many values: typing narrows the list. */
  document.addEventListener("input", function (event) {
    if (!event.target.matches(".value-search")) return;
    const words = event.target.value.trim().toLowerCase();
    event.target.closest(".menu-panel, .value-group").querySelectorAll(".value-choice").forEach(function (choice) {
      choice.hidden = !choice.textContent.toLowerCase().includes(words);
    });
  });
})();
