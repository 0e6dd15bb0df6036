/* Runs before the first paint, so that the page never shows in the wrong theme. The server reads the cookie. */
(function () {
  "use strict";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return window.localStorage.getItem("theme") || "system";
    } catch (_blocked) {
      return "system";
    }
  }

  function shown() {
    const choice = chosen();
    if (choice === "light" || choice === "dark") return choice;
    return dark.matches ? "dark" : "light";
  }

  function apply() {
    const theme = shown();
    document.documentElement.dataset.bsTheme = theme;
    document.cookie = "theme=" + theme + ";path=/;max-age=31536000;samesite=lax";
    return theme;
  }

  window.supportTheme = {
    apply: apply,
    chosen: chosen,
    choose: function (choice) {
      try {
        window.localStorage.setItem("theme", choice);
      } catch (_blocked) {
        /* A browser that keeps nothing shows the system's theme. */
      }
      return apply();
    },
  };
  apply();
  dark.addEventListener("change", function () {
    const theme = apply();
    if (window.dash_clientside && window.dash_clientside.set_props) {
      window.dash_clientside.set_props("theme", { data: theme });
    }
  });
})();
