/* Bars: cases side by side. */

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
