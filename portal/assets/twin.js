/* A chart's table opens below its button. Where the card was taller than its content, the button stood at its foot, and the
   table would push it up from under the pointer; so it is held where it was pressed. */
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    const button = event.target.closest(".twin-button");
    const foot = button && button.closest(".card-foot");
    if (!foot) return;
    event.preventDefault();
    const twin = button.parentElement;
    const before = button.getBoundingClientRect().top;
    foot.style.marginTop = "";
    twin.open = !twin.open;
    const moved = before - button.getBoundingClientRect().top;
    if (moved > 0) foot.style.marginTop = moved + "px";
  });
})();
