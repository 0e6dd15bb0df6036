/* Draws a table from data: what Python's portal.widgets.data_table.table_data returns. Texts stay texts. */
(function () {
  "use strict";

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function link(className, text, href) {
    const node = make("a", className, text);
    if (href.startsWith("/")) node.href = href;
    return node;
  }

  function heading(column) {
    const [key, label, href, sortedAs] = column;
    const cell = make("th", "column-" + key, href ? "" : label);
    cell.scope = "col";
    if (!href) return cell;
    const words = link("sort-link", label, href);
    words.title = "Sort by " + label.toLowerCase();
    if (sortedAs) {
      cell.setAttribute("aria-sort", sortedAs);
      const mark = make("span", "sort-mark", sortedAs === "ascending" ? "↑" : "↓");
      mark.setAttribute("aria-hidden", "true");
      words.append(mark);
    }
    cell.append(words);
    return cell;
  }

  /* A box that belongs to a form elsewhere on the page. */
  function box(tag, form, name, value, label) {
    const cell = make(tag, "column-choose");
    const tick = make("input");
    tick.type = "checkbox";
    tick.setAttribute("aria-label", label);
    if (name) {
      tick.name = name;
      tick.value = value;
      tick.setAttribute("form", form);
    } else {
      tick.dataset.chooseAll = form;
    }
    cell.append(tick);
    return cell;
  }

  function line(row, columns, linked, form, key) {
    const node = make("tr");
    if (form) node.append(box("td", form, "ticket", key, "Choose: " + row[1][linked][0]));
    row[1].forEach(function (content, place) {
      const [text, tone, title] = content;
      const cell = make(place === linked ? "th" : "td", ("column-" + columns[place][0] + " " + tone).trim());
      if (place === linked) {
        cell.scope = "row";
        cell.append(link("row-link", text, row[0]));
      } else {
        cell.textContent = text;
      }
      if (text === "—") cell.classList.add("is-empty");
      if (title) cell.title = title;
      node.append(cell);
    });
    return node;
  }

  function table(data) {
    const node = make("table", "data-table");
    const head = make("tr");
    if (data.form) head.append(box("th", data.form, "", "", "Choose all rows of this page"));
    head.append(...data.columns.map(heading));
    node.append(make("caption", "visually-hidden", data.caption));
    node.createTHead().append(head);
    node.createTBody().append(...data.rows.map((row, place) => line(row, data.columns, data.link, data.form, data.keys[place])));
    return node;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    dataTable: {
      /* Gives the focus back to the link it was on, if the new table has that link too. */
      draw: function (data, id) {
        const place = document.getElementById(id);
        const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        const chosen = new Set([...place.querySelectorAll("input[name]:checked")].map((tick) => tick.value));
        if (!data) {
          place.replaceChildren();
          return window.dash_clientside.no_update;
        }
        const scroller = make("div", "data-scroller");
        scroller.tabIndex = 0;
        scroller.setAttribute("role", "region");
        scroller.setAttribute("aria-label", data.caption);
        scroller.append(table(data));
        scroller.querySelectorAll("input[name]").forEach(function (tick) {
          tick.checked = chosen.has(tick.value);
        });
        place.replaceChildren(scroller);
        place.dispatchEvent(new Event("change", { bubbles: true }));
        if (focused) {
          const same = [...scroller.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused);
          if (same) same.focus({ preventScroll: true });
        }
        return window.dash_clientside.no_update;
      },
    },
  });
})();
