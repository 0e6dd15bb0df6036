/* Dash draws a part of the page anew by taking away what was there. What a reader was at (the focus, what is open, how far
   a list is scrolled) would be gone. This finds the same things again in what came instead, before it is painted. */
(function () {
  "use strict";
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const open = new Map();
  const scrolled = new Map();
  let held = null;
  let wished = null;

  /* What something is called, without what only the eye sees. */
  function wordsOf(node) {
    const label = node.getAttribute("aria-label") || node.getAttribute("name");
    if (label) return label;
    const copy = node.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true], .when-open, .when-closed").forEach((each) => each.remove());
    return copy.textContent.trim();
  }

  function visible(node) {
    return node.checkVisibility ? node.checkVisibility({ visibilityProperty: true }) : node.getClientRects().length > 0;
  }

  function alike(place, kind) {
    return [...place.querySelectorAll(kind)].filter(visible);
  }

  function kindOf(node) {
    const names = [...node.classList].filter((name) => !name.startsWith("is-"));
    return [node.tagName.toLowerCase(), ...names.map((name) => CSS.escape(name))].join(".");
  }

  /* Where something is: its id, or what kind of thing it is, what it is called and its place among its like, seen from
     each part with a name around it, from the inside out. */
  function markOf(node) {
    const places = [];
    const kind = kindOf(node);
    for (let place = node.parentElement && node.parentElement.closest("[id]"); place; ) {
      places.push({
        id: place.id,
        nth: alike(place, kind).indexOf(node),
        stop: alike(place, FOCUSABLE).indexOf(node),
      });
      place = place.parentElement && place.parentElement.closest("[id]");
    }
    return { node: node, id: node.id, kind: kind, words: wordsOf(node), href: node.getAttribute("href"), places: places };
  }

  function same(mark) {
    if (mark.id) return document.getElementById(mark.id);
    for (const { id, nth } of mark.places) {
      const place = document.getElementById(id);
      const found = place ? alike(place, mark.kind) : [];
      const named = found.filter((each) => wordsOf(each) === mark.words);
      const exact = mark.href && named.find((each) => each.getAttribute("href") === mark.href);
      if (named.length) return exact || (named.includes(found[nth]) ? found[nth] : named[0]);
      /* Only what says something else now, such as a menu's button with its choice, has kept its place. */
      if (place && found[nth] && (mark.kind.startsWith("summary") || !mark.words)) return found[nth];
    }
    return null;
  }

  function nearest(mark) {
    for (const { id, stop } of mark.places) {
      const place = document.getElementById(id);
      if (!place || id === "react-entry-point") continue;
      /* Another page: from its start. */
      if (place.getAttribute("tabindex") === "-1") return place;
      const stops = alike(place, FOCUSABLE).filter((each) => each.tabIndex >= 0);
      if (stops.length) return stops[Math.max(0, Math.min(stop, stops.length - 1))];
    }
    return document.getElementById("page");
  }

  function isLost() {
    const now = document.activeElement;
    return !now || now === document.body || now === document.documentElement;
  }

  function hold(node) {
    held = node && node !== document.body ? markOf(node) : null;
  }

  document.addEventListener("focusin", function (event) {
    if (event.target.id !== "page") hold(event.target);
  });
  /* A reader who presses on nothing, or goes on with another key, no longer waits for what was there. */
  document.addEventListener("pointerdown", function (event) {
    wished = null;
    if (!event.target.closest(FOCUSABLE)) held = null;
  });
  document.addEventListener("keydown", function () {
    wished = null;
  });

  function keepFocus() {
    const was = wished || held;
    if (!was || (!wished && (was.node.isConnected || !isLost()))) return;
    if (wished && !isLost() && document.activeElement !== wished.instead) {
      wished = null;
      return;
    }
    const found = same(was);
    const next = found || nearest(was);
    if (!next || next === document.activeElement) return;
    next.focus({ preventScroll: true });
    /* Some parts come a moment later than the rest of their page: then the focus goes on to them. */
    wished = found ? null : Object.assign({}, was, { instead: document.activeElement });
  }

  function told(details) {
    const button = details.querySelector("summary");
    if (!button) return;
    button.setAttribute("aria-expanded", String(details.open));
    if (details.open) open.set(details, markOf(button));
    else if (details.isConnected) open.delete(details);
  }
  document.addEventListener(
    "toggle",
    function (event) {
      if (event.target.tagName === "DETAILS") told(event.target);
    },
    true
  );
  document.addEventListener(
    "scroll",
    function (event) {
      const node = event.target;
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      const mark = scrolled.has(node) ? scrolled.get(node).mark : markOf(node);
      scrolled.set(node, { mark: mark, top: node.scrollTop, left: node.scrollLeft });
    },
    true
  );

  function keepOpen() {
    open.forEach(function (mark, details) {
      if (details.isConnected) return;
      open.delete(details);
      const button = same(details.id ? { id: details.id } : mark);
      const found = button && button.closest("details");
      if (!found || found.open) return;
      found.open = true;
      found.querySelector("summary").setAttribute("aria-expanded", "true");
    });
  }

  function keepScrolled() {
    scrolled.forEach(function (was, node) {
      if (node.isConnected) return;
      scrolled.delete(node);
      const found = same(was.mark);
      if (found) found.scrollTo({ top: was.top, left: was.left, behavior: "instant" });
    });
  }

  /* What a reader did before this came. */
  document.querySelectorAll("details[open]").forEach(told);
  hold(document.activeElement);
  new MutationObserver(function () {
    keepOpen();
    keepScrolled();
    keepFocus();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
