/* Pictures: what each topic shows. */

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
