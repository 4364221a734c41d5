/* Starts the page: charts into their places, tables sortable, everything drawn again when colours or width change. */

function addCharts(section, suite) {
  const box = section.querySelector(".charts");
  const several = suite.charts.filter((chart) => chart.$type === "line" || chart.series.length > 1);
  // Bars of one label stand from bottom to top: the legend names them from top to bottom.
  const series = several.flatMap((chart) => (chart.$type === "line" ? [...chart.series, ...chart.guides] : [...chart.series].reverse()));
  const named = [...new Map(series.map((item) => [item.name, item])).values()];
  if (named.length > 0) box.before(legend(section, named));
  for (const chart of suite.charts) addChart(box, chart.caption, () => (chart.$type === "line" ? drawLines(chart) : drawBars(chart)));
  if (suite.waterfall !== null) waterfall(suite.waterfall, section.querySelector(".waterfall"), `${section.id}-workers`);
}

function sort(head) {
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const isNumeric = head.classList.contains("number");
  const body = head.closest("table").tBodies[0];
  const keyed = [...body.rows].map((row) => {
    const cell = row.cells[head.cellIndex];
    return { row, key: isNumeric ? Number(cell.dataset.value ?? NaN) : cell.textContent };
  });
  const compare = (a, b) => (isNumeric ? a - b : a.localeCompare(b));
  keyed.sort(({ key: a }, { key: b }) => {
    // Cells without a value come last, in both directions.
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
    return ascending ? compare(a, b) : compare(b, a);
  });
  body.append(...keyed.map(({ row }) => row));
}

document.querySelectorAll("[data-suite]").forEach((section, index) => addCharts(section, data.suites[index]));
for (const button of document.querySelectorAll("th button")) button.addEventListener("click", () => sort(button.parentElement));

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(false));
let width = innerWidth;
addEventListener("resize", () => {
  if ((width < 600) !== narrow()) redraw(false);
  width = innerWidth;
});
// Paper is light and narrower than most screens: everything is drawn for it, and drawn back after.
addEventListener("beforeprint", () => {
  document.documentElement.dataset.printing = "";
  redraw(true);
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.printing;
  redraw(false);
});
