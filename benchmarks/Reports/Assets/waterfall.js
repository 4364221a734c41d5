/* The waterfall: every request of one iteration in worker lanes. */

const outcomes = [
  { name: "served", colour: "--served", of: ["Served"] },
  { name: "refused", colour: "--refused", of: ["Refused", "RateLimited"] },
  { name: "failed", colour: "--faulty", of: ["NotFound", "Reset", "Empty", "CutShort", "ServerError"] },
  { name: "abandoned", colour: "--abandoned", of: ["Abandoned"] },
];

function waterfall(suite, section) {
  const drawn = suite.rows.filter((row) => row.bars.length > 0);
  if (drawn.length === 0) return;
  const groupOf = (row) => (row.workers === null && row.kind !== "Sequential" ? "no limit" : row.allowed);
  const groups = [...new Set(drawn.map(groupOf))].sort((a, b) => (a === "no limit" ? 1 : b === "no limit" ? -1 : a - b));
  const size = (group) => drawn.filter((row) => groupOf(row) === group).length;
  const starved = groups.filter((group) => drawn.some((row) => row.isStarved && groupOf(row) === group));
  const first = starved.at(-1) ?? [...groups].reverse().find((group) => size(group) === Math.max(...groups.map(size)));

  const id = `waterfall-${suite.index}`;
  const panels = element("div", { class: "panels" });
  const select = element("select", { id, onchange: () => show() }, groups.map((group) =>
    element("option", { value: group, selected: group === first }, group === "no limit" ? "no limit" : `${group} ${group === 1 ? "worker" : "workers"}`)));
  const key = element("p", { class: "small quiet" });
  const chosen = element("span", { class: "on-paper" });
  section.append(element("h3", {}, "Every request of one iteration, as the server saw it"),
    element("p", { class: "waterfall-choice" }, element("label", { for: id }, "Workers: "), select, chosen),
    element("p", { class: "small quiet" }, "A bar is a request being served, a row of bars a lane: full lanes mean that the workers were busy, gaps that they waited for something else than the server. All panels share one time axis."),
    key, panels);

  function show() {
    for (const chart of charts.filter((item) => panels.contains(item.host))) Plotly.purge(chart.host);
    charts.splice(0, charts.length, ...charts.filter((item) => !panels.contains(item.host)));
    panels.replaceChildren();
    chosen.textContent = select.value;
    const rows = drawn.filter((row) => String(groupOf(row)) === select.value);
    const end = Math.max(...rows.flatMap((row) => row.bars.map((bar) => bar[2])));
    const lanes = Math.max(...rows.flatMap((row) => row.bars.map((bar) => bar[0]))) + 1;
    const present = outcomes.filter((outcome) => rows.some((row) => row.bars.some((bar) => outcome.of.includes(bar[3]))));
    key.replaceChildren(...(present.length > 1 ? present.flatMap((outcome) => [swatch({ colour: outcome.colour, symbol: "square" }), ` ${outcome.name}   `]) : []));
    for (const row of rows) panel(row, end, lanes);
  }

  function panel(row, end, lanes) {
    const facts = [time(row.median), row.inFlight === null ? null : `${number(row.inFlight)} of ${number(row.allowed)} in flight on average`, row.peak === null ? null : `peak ${number(row.peak)}`];
    const figure = element("section", {}, element("h4", {}, row.name, ...(row.isStarved ? [" ", element("span", { class: "mark" }, "starved")] : [])),
      element("p", { class: "small quiet" }, facts.filter(Boolean).join(" · "), row.bars.length < row.barsInAll ? ` · the first ${number(row.bars.length)} of ${number(row.barsInAll)} requests` : null));
    panels.append(figure);
    addChart(figure, null, () => ({
      height: 62 + Math.min(300, Math.max(lanes * (lanes > 40 ? 3 : 7), 24)),
      traces: outcomes.map((outcome) => ({ outcome, bars: row.bars.filter((bar) => outcome.of.includes(bar[3])) })).filter((item) => item.bars.length > 0).map(({ outcome, bars }) => ({
        type: "bar", orientation: "h", name: outcome.name, base: bars.map((bar) => bar[1]), x: bars.map((bar) => bar[2] - bar[1]), y: bars.map((bar) => bar[0] + 1), width: 0.82,
        customdata: bars.map((bar) => [bar[4].toLowerCase(), bar[2], bar[2] - bar[1]]), marker: { color: css(outcome.colour), line: { width: 0 } },
        hovertemplate: `/%{customdata[0]}, ${outcome.name}<br>lane %{y}<br>from %{base:,.1f} to %{customdata[1]:,.1f} ms<br>service time %{customdata[2]:,.1f} ms<extra></extra>`,
      })),
      layout: {
        barmode: "overlay", hovermode: "closest", margin: { l: 8, r: 14, t: 4, b: 8 },
        xaxis: { range: [0, end * 1.01], ticksuffix: " ms", tickformat: ",", nticks: narrow() ? 4 : 7, title: { text: "" } },
        yaxis: { range: [lanes + 0.5, 0.5], title: { text: "lane" }, nticks: 4, tickformat: "d", showgrid: false, zeroline: false },
      },
    }), `${row.fullName}: ${row.bars.length} requests over ${time(end)}. ${facts.filter(Boolean).join(", ")}.`);
  }

  show();
}
