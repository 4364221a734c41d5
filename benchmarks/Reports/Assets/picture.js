/* Draws each chart as a picture in each colour scheme and leaves the SVGs in the page, where the caller reads them. */

// The width of a phone: the charts are drawn as they are there, and every page may show them wider.
const pictureWidth = 440;
const pictureScale = 1.5;
const lineChartHeight = 260;
const panelHeight = 135;
const panelHeading = 24;

// The colours of the report's style sheet, whatever the browser's own scheme.
function useScheme(scheme) {
  const rules = [...document.styleSheets[0].cssRules];
  const light = rules.find((rule) => rule.selectorText === ":root");
  const dark = rules.find((rule) => rule.media?.mediaText.includes("dark")).cssRules[0];
  for (const { style } of scheme === "dark" ? [light, dark] : [light]) {
    for (const name of style) if (name.startsWith("--")) document.documentElement.style.setProperty(name, style.getPropertyValue(name));
  }
}

function describe(chart) {
  switch (chart.$type) {
    case "line": return withLegend(drawLines(chart), [...chart.guides, ...chart.series].length, lineChartHeight);
    case "bar": return withLegend(drawBars(chart), chart.series.length);
    default: return drawPanels(chart.panels);
  }
}

// Below the chart in two columns. A legend of one name says nothing.
function withLegend({ traces, layout: own, height }, count, plotHeight = height) {
  if (count < 2) return { traces, layout: own, height: plotHeight };
  const isBars = own.barmode === "group";
  const legend = {
    orientation: "h", x: 0, xref: "container", y: 0, yref: "container", yanchor: "bottom", font: { size: 12 },
    traceorder: isBars ? "reversed" : "normal",
  };
  return { traces, layout: { ...own, showlegend: true, legend }, height: plotHeight + Math.ceil(count / 2) * 19 };
}

/* A panel for each row, one above the other, on one time axis. The requests of a lane are a line with gaps: far fewer bytes than a bar for
   each. */
function drawPanels(panels) {
  const bars = panels.flatMap((panel) => panel.bars);
  const most = (place) => Math.max(...bars.map((bar) => bar[place]));
  const extent = { end: most(END), lanes: most(LANE) };
  const drawn = panels.map((panel, index) => drawOnePanel(panel, index, panels.length, extent));
  return {
    height: 40 + panels.length * panelHeight,
    traces: drawn.flatMap(({ traces }) => traces),
    layout: {
      xaxis: { range: [0, extent.end * 1.01], ticksuffix: " ms", tickformat: ",", nticks: 5, anchor: axisName("y", panels.length - 1) },
      ...Object.fromEntries(drawn.map(({ axis }, index) => [axisName("yaxis", index), axis])),
      annotations: drawn.map(({ heading }) => heading),
    },
  };
}

const axisName = (name, index) => (index === 0 ? name : `${name}${index + 1}`);

const factsOf = (panel) => panel.summary.replace(" on average", "").split(" · ");

function drawOnePanel(panel, index, count, { end, lanes }) {
  const headingShare = panelHeading / panelHeight / count;
  const [top, bottom] = [1 - index / count - headingShare, 1 - (index + 1) / count];
  const laneHeight = (panelHeight - panelHeading) / lanes;
  return {
    axis: {
      ...layout({}).yaxis, domain: [bottom, top], range: [lanes + 0.5, 0.5], title: { text: "lane", standoff: 4 }, nticks: 4,
      tickformat: "d", showgrid: false, zeroline: false,
    },
    heading: {
      x: 0, xref: "paper", xanchor: "left", y: top, yref: "paper", yanchor: "bottom", showarrow: false, align: "left",
      // Makespan and mean in flight: more does not fit.
      text: `<b>${plain(panel.name)}</b>: ${plain(factsOf(panel).slice(0, 2).join(", "))}`, font: { size: 12 },
    },
    traces: data.outcomes.map((name, outcome) => ({ name, outcome, bars: panel.bars.filter((bar) => bar[OUTCOME] === outcome) }))
      .filter((trace) => trace.bars.length > 0)
      .map(({ name, outcome, bars }) => ({
        type: "scatter", mode: "lines", name, yaxis: axisName("y", index), x: bars.flatMap((bar) => [bar[START], bar[END], null]),
        y: bars.flatMap((bar) => [bar[LANE], bar[LANE], null]),
        line: { color: css(outcomeColours[outcome]), width: Math.max(1, 0.8 * laneHeight), simplify: false },
      })),
  };
}

async function draw({ title, chart }) {
  const { traces, layout: own, height } = describe(chart);
  const heading = wrap(title, 58);
  const top = heading.length * 18 + 14;
  // Plotly places one line by its top, several by the foot of the first.
  const above = heading.length === 1 ? 8 : 18;
  const size = { width: pictureWidth, height: height + top };
  const figure = layout({
    ...own, ...size, autosize: false, margin: { l: 14, r: 14, t: top, b: 8 }, paper_bgcolor: css("--paper"),
    title: {
      text: heading.map(plain).join("<br>"), font: { size: 14 }, pad: { l: 8, t: above },
      x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top",
    },
  });
  const host = element("div");
  document.body.append(host);
  await Plotly.newPlot(host, traces, figure, { staticPlot: true });
  const url = await Plotly.toImage(host, { format: "svg", ...size });
  Plotly.purge(host);
  host.remove();
  return cleanSvg(decodeURIComponent(url.slice(url.indexOf(",") + 1)), figure.font.family, pictureScale);
}

async function drawAll() {
  document.documentElement.dataset.picture = "";
  const drawings = [];
  for (const scheme of data.schemes) {
    useScheme(scheme);
    for (const picture of data.pictures) drawings.push({ name: picture.name, scheme, svg: await draw(picture) });
  }
  return drawings;
}

function leave(id, text) {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  document.body.append(element("pre", { id }, btoa(bytes.join(""))));
}

drawAll().then((drawings) => leave("pictures", JSON.stringify(drawings)), (error) => leave("failure", String(error)));
