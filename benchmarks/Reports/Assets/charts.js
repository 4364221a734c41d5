/* Lines and bars, drawn as their description says. */

function drawLines(chart) {
  const points = chart.series.flatMap((series) => series.points);
  const heights = [...points.map((point) => point.y), ...chart.guides.flatMap((guide) => guide.y)];
  return {
    height: narrow() || printing() ? 380 : 460,
    traces: [...chart.guides.map(guideTrace), ...chart.series.map(lineTrace)],
    layout: {
      ...markOf(chart.mark, chart.x),
      xaxis: { title: { text: chart.x.title }, ...(chart.x.isLogarithmic ? logTicks(points.map((point) => point.x)) : {}) },
      yaxis: { title: { text: chart.y.title }, ...(chart.y.isLogarithmic ? logRange(heights) : { rangemode: "tozero" }) },
    },
  };
}

function lineTrace({ name, style, xFactor, points }) {
  const stroke = css(colour(style));
  const errors = points.map((point) => point.error ?? 0);
  const below = points.map((point) => point.errorBelow ?? point.error ?? 0);
  return {
    type: "scatter", mode: modeOf(style), meta: name, name: plain(name), customdata: points.map((point) => point.x),
    x: points.map((point) => point.x * xFactor), y: points.map((point) => point.y),
    text: points.map(({ details: [first, ...rest] }) => [`<b>${plain(first)}</b>`, ...rest.map(plain)].join("<br>")),
    hovertemplate: "%{text}<extra></extra>", line: { color: stroke, dash: style.dash, width: 2 },
    marker: { symbol: style.symbol, size: 9, color: stroke, line: { color: css("--paper"), width: 1 } },
    error_y: {
      type: "data", symmetric: false, array: errors, arrayminus: below, visible: errors.some((error) => error > 0), thickness: 1, width: 3,
      color: stroke,
    },
  };
}

/* A series without a dash has points alone, one without a symbol a line alone. */
const modeOf = ({ symbol, dash }) => [dash && "lines", symbol && "markers"].filter(Boolean).join("+");

const guideTrace = ({ name, style, x, y }) => ({
  type: "scatter", mode: "lines", name, meta: name, x, y, line: { color: css(colour(style)), width: 1.5, dash: style.dash },
  hovertemplate: `${plain(name)}: %{y:.3~g}<extra></extra>`,
});

const markOf = (mark, axis) => (mark === null ? {} : {
  shapes: [{ type: "line", x0: mark.x, x1: mark.x, yref: "paper", y0: 0, y1: 1, line: { color: css("--quiet"), dash: "dot", width: 1.5 } }],
  annotations: [{
    x: axis.isLogarithmic ? Math.log10(mark.x) : mark.x, y: 1, yref: "paper", text: plain(mark.label), showarrow: false,
    xanchor: "left", yanchor: "top", xshift: 5, font: { color: css("--quiet") },
  }],
});

// Ticks at the values themselves, but only those that stand well apart: neighbours would print over each other.
function logTicks(values) {
  const all = [...new Set(values)].sort((a, b) => a - b);
  const apart = (all.at(-1) / all[0]) ** (1 / (narrow() ? 8 : 14));
  const kept = all.reduce((sofar, value) => (sofar.length === 0 || value / sofar.at(-1) >= apart ? [...sofar, value] : sofar), []);
  return { type: "log", tickmode: "array", tickvals: kept, ticktext: kept.map(number), tickangle: 0 };
}

// At least a decade, so that a flat line looks flat.
function logRange(values) {
  const positive = values.filter((value) => value > 0);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const middle = Math.log10(Math.sqrt(low * high));
  const half = Math.max(0.6, Math.log10(high / low) / 2 + 0.15);
  return { type: "log", range: [middle - half, middle + half], dtick: narrow() ? 1 : "D2", tickformat: ",~r" };
}

function drawBars(chart) {
  const rows = chart.labels.map((label) => wrap(label));
  const rowHeight = Math.max(chart.series.length * 15 + 12, Math.max(...rows.map((lines) => lines.length)) * 16 + 6);
  const values = chart.series.flatMap((series) => series.values).filter((value) => value > 0);
  const axis = chart.values.isLogarithmic ? logBarRange(values) : { tickformat: ",", rangemode: "tozero" };
  const [low, high] = axis.range ?? [0, Math.max(...values)];
  const shareOf = (value) => ((chart.values.isLogarithmic ? Math.log10(value) : value) - low) / (high - low);
  return {
    height: 70 + rows.length * rowHeight,
    traces: chart.series.map((series) => barTrace(series, chart.labels, shareOf)),
    layout: {
      barmode: "group", bargap: 0.22,
      xaxis: { title: { text: chart.values.title }, nticks: narrow() ? 4 : 8, ...axis },
      yaxis: {
        tickmode: "array", tickvals: rows.map((_, index) => index), ticktext: rows.map((lines) => lines.map(plain).join("<br>")),
        autorange: "reversed", showgrid: false, zeroline: false, ticks: "",
      },
    },
  };
}

// A text stands beside its bar where the bar is too short for it in a plot of 200 pixels. Plotly's "auto" also puts texts into bars that
// are up to a third shorter than the text.
const positionOf = (text, share) => (share < 0.03 * (text.length + 1) ? "outside" : "inside");

const barTrace = ({ name, style, values, texts }, labels, shareOf) => ({
  type: "bar", orientation: "h", meta: name, name, y: labels.map((_, index) => index), x: values, text: texts,
  customdata: labels.map(plain),
  textposition: texts.map((text, index) => positionOf(text, shareOf(values[index]))), textangle: 0, insidetextanchor: "end",
  textfont: { size: 11 },
  outsidetextfont: { color: css("--ink") }, insidetextfont: { color: css("--paper") }, constraintext: "none", cliponaxis: false,
  hovertemplate: `<b>%{customdata}</b><br>${plain(name)}: %{text}<extra></extra>`, marker: { color: css(colour(style)) },
});

// A bar on a logarithmic axis has no zero to begin at: it begins at a whole decade, with room below the shortest.
function logBarRange(values) {
  const least = Math.min(...values);
  const low = least >= 1 ? Math.max(0, Math.floor(Math.log10(least / 2))) : Math.floor(Math.log10(least / 2));
  return { type: "log", tickformat: ",~r", range: [low, Math.log10(Math.max(...values)) + 0.15], dtick: narrow() ? 1 : "D2" };
}

// Long names take several lines rather than half of a phone's width.
function wrap(name, width = narrow() ? 16 : 34) {
  const lines = [""];
  for (const word of name.split(" ")) {
    if (lines.at(-1).length + word.length + 1 > width && lines.at(-1)) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}
