/* Tables, sortable by their headings. */

function table(columns, rows, caption, sortable) {
  const body = element("tbody");
  const cellsOf = (row) => row.cells.map(([text], index) =>
    element(index === 0 ? "th" : "td", { scope: index === 0 ? "row" : null, class: [columns[index].numeric ? "number" : "", { FAILED: "failed", passed: "passed" }[columns[index].title === "Audit" ? text : ""] ?? ""].join(" ").trim() || null },
      text, ...(index === 0 && row.isStarved ? [" ", element("span", { class: "mark" }, "starved")] : [])));
  const nodes = rows.map((row) => ({ row, node: element("tr", {}, cellsOf(row)) }));
  body.append(...nodes.map((item) => item.node));
  const heads = columns.map((column, index) => {
    const head = element("th", { scope: "col", class: column.numeric ? "number" : null, title: column.meaning, "aria-sort": sortable ? "none" : null },
      sortable ? element("button", { type: "button", onclick: () => sort(index) }, column.title) : column.title);
    return head;
  });

  function sort(index) {
    const up = heads[index].getAttribute("aria-sort") !== "ascending";
    for (const head of heads) head.setAttribute("aria-sort", "none");
    heads[index].setAttribute("aria-sort", up ? "ascending" : "descending");
    const compare = (a, b) => (typeof a === "number" ? a - b : String(a).localeCompare(String(b)));
    nodes.sort((left, right) => {
      const [a, b] = [left.row.cells[index][1], right.row.cells[index][1]];
      // What has no value comes last, whichever way.
      if (a === null || b === null) return (a === null) - (b === null);
      return up ? compare(a, b) : compare(b, a);
    });
    body.append(...nodes.map((item) => item.node));
  }

  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", {}, element("thead", {}, element("tr", {}, heads)), body));
}
