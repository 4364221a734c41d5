"use strict";

/* What every chart uses: colours, elements, numbers, and when a chart is drawn. */

const data = JSON.parse(document.getElementById("data").textContent);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colour = (style) => (style.color === null ? "--quiet" : `--s${style.color}`);
const touch = () => !matchMedia("(hover: hover)").matches;
const narrow = () => innerWidth < 600 || "picture" in document.documentElement.dataset;
const printing = () => "printing" in document.documentElement.dataset;
const paperWidth = 680; // CSS pixels between the margins of A4, and a little less.

// Text is escaped for plotly's pseudo-HTML; into the page it goes as text anyway.
const plain = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const number = (value) => value.toLocaleString("en-US", { maximumSignificantDigits: 6 });

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null));
  return node;
}

const charts = []; // { host, draw, drawn }: everything that is drawn again when colours change.
const hiddenNames = new WeakMap(); // A section's series that the reader has switched off.
const hidden = (host) => hiddenNames.get(host.closest("[data-suite]")) ?? new Set();

function layout(extra) {
  const axis = {
    gridcolor: css("--grid"), linecolor: css("--rule"), zerolinecolor: css("--rule"), tickcolor: css("--rule"), showline: true,
    ticks: "outside", ticklen: 4, automargin: true, fixedrange: touch(), title: { standoff: 10 },
  };
  const { xaxis, yaxis, ...rest } = extra;
  return {
    font: { family: getComputedStyle(document.body).fontFamily, size: narrow() ? 12 : 13, color: css("--ink") },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false,
    hovermode: "closest", dragmode: touch() ? false : "zoom", margin: { l: 8, r: 14, t: 14, b: 8 },
    hoverlabel: { align: "left", bgcolor: css("--panel"), bordercolor: css("--quiet"), font: { color: css("--ink"), size: 13 } },
    xaxis: { ...axis, ...xaxis }, yaxis: { ...axis, ...yaxis }, ...rest,
  };
}

// A chart far down the page is drawn when it comes near, so that a report of many suites opens at once.
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    near.unobserve(entry.target);
    charts.find((chart) => chart.host === entry.target)?.draw();
  }
}, { rootMargin: "800px" });

function addChart(parent, caption, describe, label = caption) {
  const host = element("div", { class: "chart", role: "img", "aria-label": label });
  parent.append(element("figure", {}, caption ? element("figcaption", {}, caption) : null, host));
  const chart = {
    host,
    drawn: false,
    draw() {
      const { traces, layout: own, height } = describe();
      for (const trace of traces) if (hidden(host).has(trace.meta)) trace.visible = false;
      host.style.height = `${height}px`;
      const size = { height, width: printing() ? paperWidth : undefined, autosize: true };
      Plotly.react(host, traces, layout({ ...own, ...size }), { displayModeBar: false, responsive: true });
      chart.drawn = true;
    },
  };
  charts.push(chart);
  near.observe(host);
}

function redraw(all) {
  for (const chart of charts) if (chart.host.isConnected && (all || chart.drawn)) chart.draw();
}

/* The legend: real buttons, so that series are switched on and off by keyboard too. */

function legend(section, series) {
  hiddenNames.set(section, new Set());
  return element("div", { class: "legend", role: "group", "aria-label": "Show or hide" }, series.map((item) => element("button", {
    type: "button", "aria-pressed": "true",
    onclick: (event) => {
      const off = hiddenNames.get(section);
      if (!off.delete(item.name)) off.add(item.name);
      event.currentTarget.setAttribute("aria-pressed", String(!off.has(item.name)));
      for (const chart of charts) if (chart.drawn && section.contains(chart.host)) chart.draw();
    },
  }, swatch(item.style), " ", item.name)));
}

const swatch = (style) => element(
  "span",
  { class: `swatch ${style.dash ?? ""}`, style: `color: var(${colour(style)})`, "aria-hidden": "true" },
  symbols[style.symbol] ?? "");
const symbols = { circle: "●", square: "■", diamond: "◆", "triangle-up": "▲", cross: "✚", x: "✖", star: "★", "triangle-down": "▼" };
