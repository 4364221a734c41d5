"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const charts = []; // { host, draw, drawn }: everything that is drawn again when colours change.
const symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "triangle-down", "pentagon"];
const dashes = { Sequential: "dot", Blocking: "dash", Asynchronous: "solid" };
const outcomes = [
  { name: "served", colour: "--served", of: ["Served"] },
  { name: "refused", colour: "--refused", of: ["Refused", "RateLimited"] },
  { name: "failed", colour: "--faulty", of: ["NotFound", "Reset", "Empty", "CutShort", "ServerError"] },
  { name: "abandoned", colour: "--abandoned", of: ["Abandoned"] },
];

// A strategy looks the same in every picture of the report.
const strategies = [...new Set(data.suites.flatMap((suite) => suite.rows.map((row) => row.strategy)))];
const colourOf = (index) => css(`--s${index % 9}`);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const touch = () => !matchMedia("(hover: hover)").matches;
const narrow = () => innerWidth < 600;
const printing = () => "printing" in document.documentElement.dataset;
const paperWidth = 680; // CSS pixels between the margins of A4, and a little less.

// Everything that is not ours goes into the page as text, and into plotly's pseudo-HTML escaped.
const plain = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function number(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  return value.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 });
}

const time = (ms) => (ms === null ? "–" : ms < 1000 ? `${number(ms)} ms` : `${number(ms / 1000)} s`);

/* Charts */

function layout(extra) {
  const axis = {
    gridcolor: css("--grid"), linecolor: css("--rule"), zerolinecolor: css("--rule"), tickcolor: css("--rule"), showline: true, ticks: "outside", ticklen: 4,
    automargin: true, fixedrange: touch(), title: { standoff: 10 },
  };
  const { xaxis, yaxis, ...rest } = extra;
  return {
    font: { family: getComputedStyle(document.body).fontFamily, size: narrow() ? 12 : 13, color: css("--ink") },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: "closest", dragmode: touch() ? false : "zoom",
    margin: { l: 8, r: 14, t: 14, b: 8 }, hoverlabel: { align: "left", bgcolor: css("--panel"), bordercolor: css("--quiet"), font: { color: css("--ink"), size: 13 } },
    xaxis: { ...axis, ...xaxis }, yaxis: { ...axis, ...yaxis }, ...rest,
  };
}

function addChart(parent, caption, describe, describedBy) {
  const host = element("div", { class: "chart", role: "img", "aria-label": describedBy ?? caption });
  parent.append(element("figure", {}, caption ? element("figcaption", {}, caption) : null, host));
  const chart = {
    host,
    drawn: false,
    draw() {
      const { traces, layout: own, height } = describe();
      for (const trace of traces) if (hidden(host).has(trace.meta)) trace.visible = false;
      host.style.height = `${height}px`;
      Plotly.react(host, traces, layout({ ...own, height, width: printing() ? paperWidth : undefined, autosize: true }), { displayModeBar: false, responsive: true });
      chart.drawn = true;
    },
  };
  charts.push(chart);
  near.observe(host);
  return chart;
}

// Pictures far down the page are drawn when they come near, so that a report of many suites opens at once.
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    near.unobserve(entry.target);
    charts.find((chart) => chart.host === entry.target)?.draw();
  }
}, { rootMargin: "800px" });

const hiddenNames = new WeakMap();
const hidden = (host) => hiddenNames.get(host.closest("[data-suite]")) ?? new Set();

function redraw(all) {
  for (const chart of charts) if (chart.host.isConnected && (all || chart.drawn)) chart.draw();
}

/* Legend: real buttons, so that strategies are switched on and off by keyboard too. */

function legend(section, series) {
  hiddenNames.set(section, new Set());
  const box = element("div", { class: "legend", role: "group", "aria-label": "Show or hide" });
  for (const item of series) {
    box.append(element("button", {
      type: "button", "aria-pressed": "true",
      onclick: (event) => {
        const off = hiddenNames.get(section);
        if (!off.delete(item.name)) off.add(item.name);
        event.currentTarget.setAttribute("aria-pressed", String(!off.has(item.name)));
        for (const chart of charts) if (chart.drawn && section.contains(chart.host)) chart.draw();
      },
    }, swatch(item), item.name));
  }
  return box;
}

function swatch({ colour, dash, symbol }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const make = (tag, attributes) => {
    const node = document.createElementNS(svg.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    svg.append(node);
  };
  const width = dash ? 30 : 12;
  svg.setAttribute("width", width);
  svg.setAttribute("height", 14);
  svg.setAttribute("aria-hidden", "true");
  if (dash) make("line", { x1: 1, y1: 7, x2: 29, y2: 7, style: `stroke: var(${colour}); stroke-width: 2`, "stroke-dasharray": { solid: "none", dash: "6 3", dot: "2 3" }[dash] ?? "none" });
  if (symbol) make("path", { d: shapes[symbol], transform: `translate(${width / 2} 7)`, style: `fill: var(${colour})` });
  return svg;
}

const shapes = {
  circle: "M4,0A4,4 0 1,1 -4,0A4,4 0 1,1 4,0Z", square: "M-4,-4H4V4H-4Z", diamond: "M0,-5.5L5.5,0L0,5.5L-5.5,0Z", "triangle-up": "M0,-5L5,4H-5Z",
  "triangle-down": "M0,5L5,-4H-5Z", cross: "M-1.7,-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z", x: "M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z",
  star: "M0,-6L1.6,-2H5.7L2.4,0.7L3.6,5L0,2.4L-3.6,5L-2.4,0.7L-5.7,-2H-1.6Z", pentagon: "M0,-5L4.8,-1.5L2.9,4H-2.9L-4.8,-1.5Z",
};

// The lines of a suite: one per strategy and variant.
function seriesOf(suite, nameOf = (row) => row.name) {
  const names = [...new Set(suite.rows.map(nameOf))];
  const manyVariants = names.length > strategies.length || suite.topic === "Scale";
  return names.map((name, place) => {
    const rows = suite.rows.filter((row) => nameOf(row) === name && row.median !== null);
    const first = suite.rows.find((row) => nameOf(row) === name);
    const index = manyVariants ? place : strategies.indexOf(first.strategy);
    return { name, rows, colour: `--s${index % 9}`, symbol: symbols[index % 9], dash: dashes[first.kind], aside: 1 };
  }).map((series, place, all) => ({ ...series, aside: all.length > 1 ? 1.025 ** (place - (all.length - 1) / 2) : 1 }));
}

function line(series, x, y, hover, off) {
  const rows = series.rows.filter((row) => y(row) !== null && y(row) !== undefined).sort((a, b) => x(a) - x(b));
  return {
    customdata: rows.map(x),
    type: "scatter", mode: "lines+markers", meta: series.name, name: plain(series.name), x: rows.map((row) => x(row) * series.aside), y: rows.map(y), text: rows.map(hover),
    hovertemplate: "%{text}<extra></extra>", line: { color: css(series.colour), dash: series.dash, width: 2 },
    marker: { symbol: series.symbol, size: 9, color: css(series.colour), line: { color: css("--paper"), width: 1 } },
    error_y: off ? { type: "data", array: rows.map((row) => off(row) ?? 0), visible: true, thickness: 1, width: 3, color: css(series.colour) } : undefined,
  };
}

const guide = (name, x, y, dash) => ({
  type: "scatter", mode: "lines", name, meta: name, x, y, line: { color: css("--quiet"), width: 1.5, dash }, hovertemplate: `${name}: %{y:.3~g}<extra></extra>`,
});

const workerWord = (row) => (row.workers === null ? (row.kind === "Sequential" ? "1 worker" : `no limit: up to ${number(row.allowed)} at once`) : `${row.workers} ${row.workers === 1 ? "worker" : "workers"}`);
const hoverOf = (row) => [
  `<b>${plain(row.name)}</b>, ${workerWord(row)}`,
  `${time(row.median)}${row.spread === null ? "" : ` ± ${number(row.spread)} %`}`,
  row.speedup === null ? null : `Speedup ${number(row.speedup)}${row.speedupOff ? ` ± ${number(row.speedupOff)}` : ""}`,
  row.efficiency === null ? null : `Efficiency ${number(row.efficiency)} %`,
  row.inFlight === null ? null : `In flight ${number(row.inFlight)} of ${number(row.allowed)}`,
  row.failed === null ? "Failed: unknown" : row.failed > 0 ? `Failed ${number(row.failed)} of ${number(row.downloads)}` : null,
].filter(Boolean).join("<br>");

const logTicks = (values) => {
  const all = [...new Set(values)].sort((a, b) => a - b);
  // Neighbours would print over each other: keep those that stand well apart.
  const apart = (all.at(-1) / all[0]) ** (1 / (narrow() ? 8 : 14));
  const kept = all.reduce((sofar, value) => (sofar.length === 0 || value / sofar.at(-1) >= apart ? [...sofar, value] : sofar), []);
  return { tickmode: "array", tickvals: kept, ticktext: kept.map(number), tickangle: 0 };
};

const pictures = {
  Strategies(suite, section, box) {
    const series = seriesOf(suite);
    const ran = series.flatMap((item) => item.rows);
    const workers = ran.map((row) => row.allowed);
    const measuredIdeal = [...new Set(workers)].sort((a, b) => a - b).map((count) => {
      const baseline = ran.find((row) => row.isBaseline);
      const ideals = ran.filter((row) => row.allowed === count && row.ideal !== null).map((row) => row.ideal).sort((a, b) => a - b);
      return baseline && ideals.length ? [count, baseline.median / ideals[Math.floor(ideals.length / 2)]] : null;
    }).filter(Boolean);
    const bySpeed = ran.some((row) => row.speedup !== null);
    const guides = bySpeed ? [{ name: "y = workers", colour: "--quiet", dash: "dot" }, ...(measuredIdeal.length > 1 ? [{ name: "ideal schedule", colour: "--quiet", dash: "dash" }] : [])] : [];
    section.append(legend(section, [...series, ...guides]));
    addChart(box, bySpeed ? "Speedup over the baseline, against workers. Both axes are logarithmic; bars show ±; points stand a little aside so that none hides another." : "Downloads per second, against workers. Both axes are logarithmic.", () => ({
      height: narrow() || printing() ? 380 : 520,
      traces: [
        ...(bySpeed ? [guide("y = workers", [Math.min(...workers), Math.max(...workers)], [Math.min(...workers), Math.max(...workers)], "dot")] : []),
        ...(bySpeed && measuredIdeal.length > 1 ? [guide("ideal schedule", measuredIdeal.map((point) => point[0]), measuredIdeal.map((point) => point[1]), "dash")] : []),
        ...series.map((item) => line(item, (row) => row.allowed, (row) => (bySpeed ? row.speedup : row.perSecond), hoverOf, bySpeed ? (row) => row.speedupOff : null)),
      ],
      layout: {
        xaxis: { type: "log", title: { text: "Workers (no limit: downloads)" }, ...logTicks(workers) },
        yaxis: { type: "log", title: { text: bySpeed ? "Speedup" : "Downloads/s" }, dtick: narrow() ? 1 : "D2", tickformat: ",~r" },
      },
    }));
  },
  Capacity(suite, section, box) {
    const series = seriesOf(suite);
    section.append(legend(section, series));
    const workers = series.flatMap((item) => item.rows.map((row) => row.allowed));
    const knee = () => (suite.capacity === null ? {} : {
      shapes: [{ type: "line", x0: suite.capacity, x1: suite.capacity, yref: "paper", y0: 0, y1: 1, line: { color: css("--quiet"), dash: "dot", width: 1.5 } }],
      annotations: [{ x: Math.log10(suite.capacity), y: 1, yref: "paper", text: `capacity ${suite.capacity}`, showarrow: false, xanchor: "left", yanchor: "top", xshift: 5, font: { color: css("--quiet") } }],
    });
    const xaxis = () => ({ type: "log", title: { text: "Workers (no limit: downloads)" }, ...logTicks(workers) });
    addChart(box, "Makespan against workers: the knee is where the server's capacity ends. Both axes are logarithmic.", () => ({
      height: narrow() ? 340 : 420, traces: series.map((item) => line(item, (row) => row.allowed, (row) => row.median, hoverOf)),
      layout: { ...knee(), xaxis: xaxis(), yaxis: { type: "log", title: { text: "Makespan, ms" }, dtick: "D2", tickformat: ",~r" } },
    }));
    if (!suite.rows.some((row) => row.failed !== null)) return;
    addChart(box, "Downloads that failed, percent, against workers.", () => ({
      height: narrow() ? 340 : 420, traces: series.map((item) => line(item, (row) => row.allowed, (row) => (row.failed === null ? null : (100 * row.failed) / row.downloads), hoverOf)),
      layout: { ...knee(), xaxis: xaxis(), yaxis: { rangemode: "tozero", title: { text: "Failed, %" } } },
    }));
  },
  Scale(suite, section, box) {
    const series = seriesOf(suite, (row) => row.fullName);
    section.append(legend(section, series));
    const xaxis = () => ({ type: "log", title: { text: "Downloads" }, ...logTicks(series.flatMap((item) => item.rows.map((row) => row.downloads))) });
    const chart = (caption, title, y) => addChart(box, caption, () => ({
      height: narrow() ? 320 : 400,
      traces: series.map((item) => line(item, (row) => row.downloads, y, (row) => `<b>${plain(row.fullName)}</b>, ${number(row.downloads)} downloads<br>${number(y(row))} ${title}`)),
      layout: { xaxis: xaxis(), yaxis: { type: "log", title: { text: title }, tickformat: ",~r", ...logRange(series.flatMap((item) => item.rows.map(y))) } },
    }));
    chart("Throughput against the number of downloads. Both axes are logarithmic.", "downloads/s", (row) => row.perSecond);
    if (suite.rows.some((row) => row.memory !== null)) chart("Largest memory of the client's process. Both axes are logarithmic.", "MB", (row) => row.memory);
  },
  Comparison(suite, section, box) {
    bars(suite, section, [
      { name: "published", colour: "--s5", value: (row) => row.published },
      { name: "ideal", colour: "--s8", value: (row) => row.ideal },
      { name: "measured", colour: "--s1", value: (row) => row.median },
    ], [{ box, caption: "Makespan, milliseconds.", title: "ms", format: time }]);
  },
  Tail(suite, section, box) {
    pictures.Comparison(suite, section, box);
  },
  Session(suite, section, box) {
    bars(suite, section, [{ name: "ideal", colour: "--s8", value: (row) => row.ideal }, { name: "measured", colour: "--s1", value: (row) => row.median }],
      [{ box, caption: "Makespan, milliseconds.", title: "ms", format: time }]);
    bars(suite, null, [{ name: "connections", colour: "--s2", value: (row) => row.connections }],
      [{ box, caption: "Connections the server saw in an iteration. The axis is logarithmic.", title: "connections", format: number, log: true }]);
  },
  ColdStart(suite, section, box) {
    const cases = [...new Set(suite.rows.map((row) => row.plain))];
    const find = (name, cold) => suite.rows.find((row) => row.plain === name && row.isCold === cold)?.median ?? null;
    bars({ rows: cases.map((name) => ({ fullName: name })) }, section, [
      { name: "steady state", colour: "--s1", value: (row) => find(row.fullName, false) },
      { name: "first run", colour: "--s2", value: (row) => find(row.fullName, true) },
    ], [{ box, caption: "Makespan, milliseconds, of the first run in a fresh process and of the steady state. The axis is logarithmic.", title: "ms", format: time, log: true }]);
  },
  Faults(suite, section, box) {
    bars(suite, section, [
      { name: "attempts", colour: "--s8", value: (row) => row.attempts },
      { name: "failed", colour: "--s2", value: (row) => row.failed },
      { name: "succeeded", colour: "--s3", value: (row) => row.succeeded },
    ], [{ box, caption: "Downloads per iteration that succeeded and failed, and the requests the server saw for them.", title: "per iteration", format: number }]);
    bars(suite, null, [{ name: "makespan", colour: "--s1", value: (row) => row.median }], [{ box, caption: "Makespan, milliseconds.", title: "ms", format: time }]);
  },
};

function logRange(values) {
  const positive = values.filter((value) => value > 0);
  const low = Math.min(...positive);
  const high = Math.max(...positive);
  // At least a decade, so that a flat line looks flat.
  const middle = Math.log10(Math.sqrt(low * high));
  const half = Math.max(0.6, Math.log10(high / low) / 2 + 0.15);
  return { range: [middle - half, middle + half], dtick: "D2" };
}

function bars(suite, section, series, pictures) {
  const labels = labelsOf(suite.rows);
  const shown = series.map((item) => ({ ...item, symbol: "square" })).filter((item) => suite.rows.some((row) => item.value(row) !== null && item.value(row) !== undefined));
  if (section && shown.length > 1) section.append(legend(section, [...shown].reverse()));
  for (const { box, caption, title, format, log } of pictures) {
    addChart(box, caption, () => ({
      height: 70 + suite.rows.length * Math.max(shown.length * 15 + 12, Math.max(...labels.map((label) => wrap(label).split("<br>").length)) * 16 + 6),
      traces: shown.map((item) => ({
        type: "bar", orientation: "h", meta: item.name, name: item.name, y: suite.rows.map((row, index) => index), x: suite.rows.map(item.value),
        text: suite.rows.map((row) => (item.value(row) === null || item.value(row) === undefined ? "" : format(item.value(row)))),
        textposition: "auto", textangle: 0, insidetextanchor: "end", textfont: { size: 11 }, outsidetextfont: { color: css("--ink") }, insidetextfont: { color: css("--paper") },
        customdata: suite.rows.map((row) => plain(row.fullName)), hovertemplate: `<b>%{customdata}</b><br>${item.name}: %{text}<extra></extra>`,
        marker: { color: css(item.colour) }, constraintext: "none", cliponaxis: false,
      })),
      layout: {
        barmode: "group", bargap: 0.22,
        xaxis: { type: log ? "log" : "linear", title: { text: title }, tickformat: log ? ",~r" : ",", nticks: narrow() ? 4 : 8, rangemode: "tozero", ...(log ? logBarRange(suite.rows.flatMap((row) => shown.map((item) => item.value(row)))) : {}) },
        yaxis: {
          autorange: "reversed", tickmode: "array", ticks: "", tickvals: suite.rows.map((row, index) => index), ticktext: labels.map(wrap), showgrid: false, zeroline: false,
        },
      },
    }));
  }
}

// What all rows have in common needs no saying in each label.
function labelsOf(rows) {
  const same = new Set(rows.map((row) => row.workers)).size === 1;
  return rows.map((row) => (same && row.name ? row.name : row.fullName));
}

// A bar on a logarithmic axis has no zero to begin at: a whole decade does, with room below the shortest.
function logBarRange(values) {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive) / 2));
  return { range: [Math.max(low, Math.min(...positive) >= 1 ? 0 : low), Math.log10(Math.max(...positive)) + 0.15], dtick: narrow() ? 1 : "D2" };
}

// Long names take several lines rather than half of a phone's width.
function wrap(name) {
  const width = narrow() ? 16 : 34;
  const lines = [""];
  for (const word of name.split(" ")) {
    if (lines.at(-1).length + word.length + 1 > width && lines.at(-1)) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.map(plain).join("<br>");
}

/* The waterfall */

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

/* Tables */

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

/* The page */

const pairs = (items) => element("dl", {}, items.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));

function answer(suite, many) {
  return [
    many ? element("h2", {}, element("a", { href: `#suite-${suite.index}` }, suite.name)) : element("p", { class: "quiet" }, suite.question),
    element("p", { class: "finding" }, suite.answer.join(" ")),
    suite.recommended ? element("p", { class: "finding recommended" }, suite.recommended) : null,
  ];
}

function results(suite) {
  const section = element("section", { id: `suite-${suite.index}`, "data-suite": suite.name, "aria-labelledby": `title-${suite.index}` },
    element("h2", { id: `title-${suite.index}` }, suite.name), element("p", { class: "quiet" }, `${suite.question} ${suite.extent}`));
  document.getElementById("suites").append(section);
  if (suite.rows.some((row) => row.median !== null)) {
    const box = element("div", { class: "charts" });
    (pictures[suite.topic] ?? pictures.Strategies)(suite, section, box);
    section.append(box);
  }
  if (suite.perStrategy.length > 1) {
    section.append(element("h3", {}, "Smallest worker count within 5\u00a0% of each strategy's own best"),
      table([{ title: "Strategy" }, { title: "Workers", numeric: true }, { title: "Median", numeric: true }, { title: "Speedup", numeric: true }],
        suite.perStrategy.map((row) => ({ cells: [[row.name], [number(row.workers)], [row.median], [row.speedup ?? ""]] })), "Workers per strategy", false));
  }
  for (const note of suite.notes) section.append(element("p", { class: "quiet" }, note));
  section.append(element("h3", {}, "All rows"), table(suite.columns, suite.rows, `Results of ${suite.name}`, true));
  waterfall(suite, section);
}

function noise(suite) {
  const cell = (text) => [text, text];
  return table([{ title: "Case" }, { title: "Iterations", numeric: true }, { title: "Fastest ms", numeric: true }, { title: "Median ms", numeric: true }, { title: "Slowest ms", numeric: true }, { title: "± %", numeric: true }, { title: "Noise" }, { title: "Service time ms", numeric: true }],
    suite.rows.map((row) => ({
      cells: [cell(row.fullName), cell(row.makespans.length), cell(row.makespans.length ? number(Math.min(...row.makespans)) : ""), cell(row.median === null ? "did not run" : number(row.median)),
        cell(row.makespans.length ? number(Math.max(...row.makespans)) : ""), cell(row.spread === null ? "" : number(row.spread)), cell(row.isNoisy ? "noisy" : row.spread === null ? "unknown" : "quiet"), cell(row.serviceTime === null ? "" : number(row.serviceTime))],
    })), `Noise of each row of ${suite.name}`, false);
}

function audit(suite) {
  const failed = suite.rows.filter((row) => row.findings.length > 0);
  const seen = suite.rows.filter((row) => row.audited).length;
  if (failed.length > 0) {
    return [element("p", { class: "failed" }, `Audit failed for ${failed.length} of ${suite.rows.length} rows:`),
      element("ul", {}, failed.flatMap((row) => row.findings.map((finding) => element("li", {}, element("strong", {}, row.fullName), ": ", finding))))];
  }
  return [element("p", { class: seen > 0 ? "passed" : null }, seen === 0 ? "The server did not witness this suite: there is no audit." : `Audit passed for ${seen} of ${suite.rows.length} rows: as many requests, of each page, as were asked for; never more in flight, nor on more connections, than allowed.`)];
}

function measured() {
  const section = document.getElementById("measured");
  section.append(pairs(data.machine), element("p", {}, "Repeat it:"), element("pre", { tabindex: "0" }, data.command));
  for (const suite of data.suites) {
    section.append(element("h3", {}, data.suites.length > 1 ? suite.name : "Scenario, audit and noise"),
      ...suite.scenarios.flatMap((told) => [told.for === null ? null : element("p", { class: "quiet" }, `The server was told for ${told.for}:`), pairs(told.facts)]).filter(Boolean),
      ...audit(suite), noise(suite));
  }
  section.append(element("h3", {}, "What the numbers do not say"), element("ul", {}, data.caveats.map((caveat) => element("li", {}, caveat))));
  if (data.files.length > 0) {
    section.append(element("h3", {}, "BenchmarkDotNet's own reports"),
      element("ul", {}, data.files.map((file) => element("li", {}, element("a", { href: file.split(/[\\/]/).map(encodeURIComponent).join("/") }, file)))));
  }
}

function page() {
  const many = data.suites.length > 1;
  data.suites.forEach((suite, index) => { suite.index = index; });
  document.getElementById("when").textContent = `Benchmark report · ${data.started} · took ${data.took}`;
  document.getElementById("warnings").append(...data.warnings.map((warning) => element("p", { class: "banner", role: "alert" }, warning)));
  const top = document.getElementById("answer");
  top.classList.toggle("many", many);
  top.append(...data.suites.flatMap((suite) => answer(suite, many)).filter(Boolean));
  document.getElementById("contents").append(...[...data.suites.map((suite) => [`#suite-${suite.index}`, suite.name]), ["#measured", "What was measured"]].map(([href, name]) => element("a", { href }, name)));
  data.suites.forEach(results);
  measured();
}

page();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(false));
let width = innerWidth;
addEventListener("resize", () => {
  if ((width < 600) !== narrow()) redraw(false);
  width = innerWidth;
});
// Paper is light and as wide as paper: everything is drawn for it, and drawn back after.
addEventListener("beforeprint", () => {
  document.documentElement.dataset.printing = "";
  redraw(true);
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.printing;
  redraw(false);
});
