/* Keys on the list of tickets: j and k walk it, Enter opens, digits choose a tab, ? shows the keys.
   They are for the list only: not in a field, not with Ctrl, Alt or Meta, not on other pages. */
(function () {
  "use strict";
  const KEYS = [
    ["j", "next ticket"],
    ["k", "ticket before"],
    ["x", "choose the ticket, to correct several at once"],
    ["Enter", "open the ticket"],
    ["1 to 7", "Open, Due today and the other tabs, in their order"],
    ["?", "these keys; Esc closes them"],
  ];

  function isTyping(node) {
    return node.isContentEditable || node.closest("input:not([type=checkbox]), select, textarea, dialog, [role=menu]") !== null;
  }

  function walk(step) {
    const links = [...document.querySelectorAll("#tickets-table .row-link")];
    const here = links.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
    if (!links[next]) return;
    links[next].focus();
    links[next].closest("tr").scrollIntoView({ block: "nearest" });
  }

  function choose() {
    const row = document.activeElement.closest("#tickets-table tr");
    const tick = row ? row.querySelector("input[name=ticket]") : null;
    if (tick) tick.click();
  }

  function show() {
    const dialog = document.createElement("dialog");
    dialog.className = "keys-dialog surface";
    dialog.setAttribute("aria-label", "Keys of this list");
    const list = document.createElement("dl");
    KEYS.forEach(function (pair) {
      const key = document.createElement("dt");
      const words = document.createElement("dd");
      key.textContent = pair[0];
      words.textContent = pair[1];
      list.append(key, words);
    });
    const close = document.createElement("button");
    close.type = "button";
    close.className = "plain-button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(list, close);
    document.body.append(dialog);
    dialog.showModal();
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!/^\/tickets\/?$/.test(window.location.pathname) || isTyping(event.target)) return;
    const tab = /^[1-7]$/.test(event.key) ? document.querySelectorAll(".queue-tab")[Number(event.key) - 1] : null;
    if (tab) tab.click();
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "x") choose();
    else if (event.key === "?") show();
    else return;
    event.preventDefault();
  });
})();
