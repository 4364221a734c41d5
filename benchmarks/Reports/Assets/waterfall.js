/* The waterfall: every request of one iteration in lanes, a panel for each row of the chosen worker count. */

const outcomeColours = ["--served", "--refused", "--faulty", "--abandoned"];
const [LANE, START, END, OUTCOME, PAGE] = [0, 1, 2, 3, 4];

function waterfall({ groups, defaultGroup, panels: all }, host, id) {
  const panels = element("div", { class: "panels" });
  const key = element("p", { class: "small quiet" });
  const chosen = element("span", { class: "on-paper" });
  const label = (group) => (group === "no limit" ? group : `${group} ${group === "1" ? "worker" : "workers"}`);
  const options = groups.map((group) => element("option", { value: group, selected: group === defaultGroup }, label(group)));
  const select = element("select", { id, onchange: () => show() }, options);
  host.append(element("h3", {}, "Every request of one iteration, as the server saw it"),
    element("p", { class: "waterfall-choice" }, element("label", { for: id }, "Workers: "), select, chosen),
    element("p", { class: "small quiet" }, "A bar is a request being served, in a lane that was free. Full lanes mean that the workers "
      + "were busy; gaps mean that they waited for something other than the server. All panels share one time axis."),
    key, panels);

  function show() {
    const old = charts.filter((item) => panels.contains(item.host));
    for (const chart of old) Plotly.purge(chart.host);
    charts.splice(0, charts.length, ...charts.filter((item) => !old.includes(item)));
    panels.replaceChildren();
    chosen.textContent = select.value;
    const rows = all.filter((panel) => panel.group === select.value);
    const bars = rows.flatMap((panel) => panel.bars);
    const most = (place) => bars.reduce((sofar, bar) => Math.max(sofar, bar[place]), 0);
    const extent = { end: most(END), lanes: most(LANE) };
    const present = data.outcomes.map((name, index) => ({ name, index })).filter(({ index }) => bars.some((bar) => bar[OUTCOME] === index));
    const entry = ({ name, index }) => [element("span", { style: `color: var(${outcomeColours[index]})` }, "■"), ` ${name}   `];
    key.replaceChildren(...(present.length > 1 ? present.flatMap(entry) : []));
    for (const panel of rows) addPanel(panel, extent);
  }

  function addPanel(panel, extent) {
    const marks = panel.marks.flatMap((mark) => [" ", element("span", { class: "mark" }, mark)]);
    const figure = element("section", {}, element("h4", {}, panel.name, ...marks), element("p", { class: "small quiet" }, panel.summary));
    panels.append(figure);
    addChart(figure, null, () => drawPanel(panel, extent), panel.description);
  }

  show();
}

function drawPanel(panel, { end, lanes }) {
  const laneHeight = lanes > 40 ? 3 : 7;
  const barsOf = (index) => panel.bars.filter((bar) => bar[OUTCOME] === index);
  const byOutcome = data.outcomes.map((name, index) => ({ name, colour: outcomeColours[index], bars: barsOf(index) }));
  return {
    height: 62 + Math.min(300, Math.max(lanes * laneHeight, 24)),
    traces: byOutcome.filter((outcome) => outcome.bars.length > 0).map(({ name, colour, bars }) => ({
      type: "bar", orientation: "h", name, base: bars.map((bar) => bar[START]), x: bars.map((bar) => bar[END] - bar[START]),
      y: bars.map((bar) => bar[LANE]), width: 0.82, customdata: bars.map((bar) => [bar[PAGE], bar[END], bar[END] - bar[START]]),
      marker: { color: css(colour), line: { width: 0 } },
      hovertemplate: `/%{customdata[0]}, ${name}<br>lane %{y}<br>from %{base:,.1f} to %{customdata[1]:,.1f} ms`
        + "<br>service time %{customdata[2]:,.1f} ms<extra></extra>",
    })),
    layout: {
      barmode: "overlay", margin: { l: 8, r: 14, t: 4, b: 8 },
      xaxis: { range: [0, end * 1.01], ticksuffix: " ms", tickformat: ",", nticks: narrow() ? 4 : 7, title: { text: "" } },
      yaxis: { range: [lanes + 0.5, 0.5], title: { text: "lane" }, nticks: 4, tickformat: "d", showgrid: false, zeroline: false },
    },
  };
}
