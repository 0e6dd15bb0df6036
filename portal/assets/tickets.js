/* The search of the Tickets page changes the address, like every other choice, without loading the page again. */
(function () {
  "use strict";

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form[data-ticket-search]");
    if (!form) return;
    event.preventDefault();
    const pairs = new URLSearchParams(window.location.search);
    const words = form.elements.q.value.trim();
    ["after", "before", "q"].forEach(function (name) {
      pairs.delete(name);
    });
    if (words) pairs.set("q", words);
    const search = pairs.toString();
    window.history.pushState({}, "", form.getAttribute("action") + (search ? "?" + search : ""));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });
})();
