"use strict";

/* What every chart uses: colours, elements, numbers, and when a chart is drawn. */

const data = JSON.parse(document.getElementById("data").textContent);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colour = (style) => (style.color === null ? "--quiet" : `--s${style.color}`);
const touch = () => !matchMedia("(hover: hover)").matches;
const narrow = () => innerWidth < 600;
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
    gridcolor: css("--grid"), linecolor: css("--rule"), zerolinecolor: css("--rule"), tickcolor: css("--rule"), showline: true, ticks: "outside",
    ticklen: 4, automargin: true, fixedrange: touch(), title: { standoff: 10 },
  };
  const { xaxis, yaxis, ...rest } = extra;
  return {
    font: { family: getComputedStyle(document.body).fontFamily, size: narrow() ? 12 : 13, color: css("--ink") },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: "closest", dragmode: touch() ? false : "zoom",
    margin: { l: 8, r: 14, t: 14, b: 8 },
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
  }, swatch(item.style), item.name)));
}

function swatch(style) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const add = (tag, attributes) => {
    const node = document.createElementNS(svg.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    svg.append(node);
  };
  const width = style.dash ? 30 : 12;
  for (const [name, value] of Object.entries({ width, height: 14, "aria-hidden": "true" })) svg.setAttribute(name, value);
  if (style.dash) {
    const pattern = { dash: "6 3", dot: "2 3" }[style.dash] ?? "none";
    add("line", { x1: 1, y1: 7, x2: 29, y2: 7, style: `stroke: var(${colour(style)}); stroke-width: 2`, "stroke-dasharray": pattern });
  }
  if (style.symbol) add("path", { d: shapes[style.symbol], transform: `translate(${width / 2} 7)`, style: `fill: var(${colour(style)})` });
  return svg;
}

const shapes = {
  circle: "M4,0A4,4 0 1,1 -4,0A4,4 0 1,1 4,0Z", square: "M-4,-4H4V4H-4Z", diamond: "M0,-5.5L5.5,0L0,5.5L-5.5,0Z", "triangle-up": "M0,-5L5,4H-5Z",
  "triangle-down": "M0,5L5,-4H-5Z", cross: "M-1.7,-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z",
  x: "M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z", pentagon: "M0,-5L4.8,-1.5L2.9,4H-2.9L-4.8,-1.5Z",
  star: "M0,-6L1.6,-2H5.7L2.4,0.7L3.6,5L0,2.4L-3.6,5L-2.4,0.7L-5.7,-2H-1.6Z",
};
