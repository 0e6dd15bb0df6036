/* Says what the form above the list of tickets would do, before it is sent. */
(function () {
  "use strict";

  function say(form) {
    const ticks = [...document.querySelectorAll("#tickets-table input[name=ticket]")];
    const chosen = ticks.filter((tick) => tick.checked).length;
    const isAll = form.elements.all !== undefined && form.elements.all.checked;
    const count = isAll ? Number(form.elements.expected.value) : chosen;
    const becomes = form.elements.becomes;
    const every = document.querySelector("[data-choose-all]");
    if (every) every.checked = ticks.length > 0 && chosen === ticks.length;
    form.hidden = count === 0;
    form.querySelector("button").disabled = count === 0 || !becomes.value;
    const words = becomes.value ? "become " + becomes.selectedOptions[0].textContent : "chosen";
    const verb = count === 1 ? words.replace("become", "becomes") : words;
    form.querySelector(".bulk-said").textContent = count + (count === 1 ? " ticket " : " tickets ") + verb;
  }

  document.addEventListener("change", function (event) {
    const form = document.getElementById("tickets-bulk");
    if (!form) return;
    if (event.target.dataset && event.target.dataset.chooseAll) {
      document.querySelectorAll("#tickets-table input[name=ticket]").forEach(function (tick) {
        tick.checked = event.target.checked;
      });
    }
    say(form);
  });
})();
