/* The document shows its page before the program that draws it has come. When it has drawn, what stood there goes. */
(function () {
  "use strict";
  const entry = document.getElementById("react-entry-point");
  const frame = document.getElementById("first-frame");
  if (!entry || !frame) return;

  new MutationObserver(function (_changes, observer) {
    if (!entry.querySelector(".shell")) return;
    observer.disconnect();
    frame.remove();
  }).observe(entry, { childList: true, subtree: true });
})();
