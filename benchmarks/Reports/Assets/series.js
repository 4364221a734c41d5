/* Series: the lines of a suite, one per strategy and variant. */

const symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star", "triangle-down", "pentagon"];
const dashes = { Sequential: "dot", Blocking: "dash", Asynchronous: "solid" };

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
