/* Forest plots: a point and its interval for each case, around no difference. */

function drawForest({ rows, axis, gate }) {
  const labels = rows.map((row) => wrap(row.name));
  const rowHeight = Math.max(24, Math.max(...labels.map((lines) => lines.length)) * 16 + 8);
  const extent = Math.max(1, gate ?? 0, ...rows.flatMap((row) => [Math.abs(row.low), Math.abs(row.high)])) * 1.08;
  const line = (x, colour, dash) => ({
    type: "line", x0: x, x1: x, yref: "paper", y0: 0, y1: 1, line: { color: css(colour), dash, width: 1.5 },
  });
  return {
    height: 80 + rows.length * rowHeight,
    traces: rows.map((row, index) => ({
      type: "scatter", mode: "markers", x: [row.value], y: [index], name: plain(row.name), meta: row.name,
      marker: { color: css(`--${row.kind}`), size: 9, symbol: "square" },
      error_x: {
        type: "data", symmetric: false, array: [row.high - row.value], arrayminus: [row.value - row.low], thickness: 1.5, width: 4,
        color: css(`--${row.kind}`),
      },
      hovertemplate: `<b>${plain(row.name)}</b><br>${plain(row.difference)}<br>${plain(row.verdict)}<extra></extra>`,
    })),
    layout: {
      shapes: [line(0, "--quiet", "solid"), ...(gate === null ? [] : [line(gate, "--bad", "dot")])],
      annotations: gate === null ? [] : [{
        x: gate, y: 1, yref: "paper", text: `gate ${number(gate)} %`, showarrow: false, xanchor: "right", yanchor: "bottom", xshift: 18,
        font: { color: css("--bad") },
      }],
      margin: { l: 8, r: 14, t: 26, b: 8 },
      xaxis: {
        title: { text: narrow() ? "" : axis }, range: [-extent, extent], ticksuffix: " %", tickformat: "+,~r", nticks: narrow() ? 5 : 9,
      },
      yaxis: {
        tickmode: "array", tickvals: rows.map((_, index) => index), ticktext: labels.map((lines) => lines.map(plain).join("<br>")),
        range: [rows.length - 0.5, -0.5], showgrid: false, zeroline: false, ticks: "",
      },
    },
  };
}

const forests = document.getElementById("forests");
for (const forest of data.forests) addChart(forests, forest.caption, () => drawForest(forest));
