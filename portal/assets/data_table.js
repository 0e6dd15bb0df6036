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

  function line(row, columns, linked) {
    const node = make("tr");
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
    head.append(...data.columns.map(heading));
    node.append(make("caption", "visually-hidden", data.caption));
    node.createTHead().append(head);
    node.createTBody().append(...data.rows.map((row) => line(row, data.columns, data.link)));
    return node;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    dataTable: {
      /* Gives the focus back to the link it was on, if the new table has that link too. */
      draw: function (data, id) {
        const place = document.getElementById(id);
        const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        if (!data) {
          place.replaceChildren();
          return window.dash_clientside.no_update;
        }
        const scroller = make("div", "data-scroller");
        scroller.tabIndex = 0;
        scroller.setAttribute("role", "region");
        scroller.setAttribute("aria-label", data.caption);
        scroller.append(table(data));
        place.replaceChildren(scroller);
        if (focused) {
          const same = [...scroller.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused);
          if (same) same.focus({ preventScroll: true });
        }
        return window.dash_clientside.no_update;
      },
    },
  });
})();
