/* A press on a point of a chart leads to the tickets behind it. The links of a page open without loading it again. */
(function () {
  "use strict";

  function follow(href) {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  function isPlainPress(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='/'], a[href^='?']");
    if (event.defaultPrevented || !link || !isPlainPress(event)) return;
    if (link.target || link.hasAttribute("download") || link.dataset.leaves !== undefined) return;
    if (!link.closest("[data-drill-down]")) return;
    event.preventDefault();
    follow(link.getAttribute("href"));
  });

  /* An open definition closes on Escape and on a press elsewhere, as a reader expects of it. */
  function closeDefinitions(except) {
    document.querySelectorAll("details.definition[open]").forEach(function (details) {
      if (details !== except) details.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    closeDefinitions(event.target.closest("details.definition"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details.definition[open]");
    closeDefinitions(null);
    if (open) open.querySelector("summary").focus();
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    drillDown: {
      follow: function (clickData) {
        const point = clickData && clickData.points && clickData.points.find((each) => each.customdata);
        if (point) follow(point.customdata);
        return null;
      },
    },
  });
})();
