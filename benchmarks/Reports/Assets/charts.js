/* Charts: drawn when they come near, and again when colours, width or the choice of strategies change. */

const charts = []; // { host, draw, drawn }: everything that is drawn again when colours change.

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
