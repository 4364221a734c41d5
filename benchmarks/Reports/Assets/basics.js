"use strict";

/* What every part uses: the data, colours, elements, figures. */

const data = JSON.parse(document.getElementById("data").textContent);

// A strategy looks the same in every picture of the report.
const strategies = [...new Set(data.suites.flatMap((suite) => suite.rows.map((row) => row.strategy)))];
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
