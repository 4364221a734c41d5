/* The legend: real buttons, so that strategies are switched on and off by keyboard too. */

function legend(section, series) {
  hiddenNames.set(section, new Set());
  const box = element("div", { class: "legend", role: "group", "aria-label": "Show or hide" });
  for (const item of series) {
    box.append(element("button", {
      type: "button", "aria-pressed": "true",
      onclick: (event) => {
        const off = hiddenNames.get(section);
        if (!off.delete(item.name)) off.add(item.name);
        event.currentTarget.setAttribute("aria-pressed", String(!off.has(item.name)));
        for (const chart of charts) if (chart.drawn && section.contains(chart.host)) chart.draw();
      },
    }, swatch(item), item.name));
  }
  return box;
}

function swatch({ colour, dash, symbol }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const make = (tag, attributes) => {
    const node = document.createElementNS(svg.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    svg.append(node);
  };
  const width = dash ? 30 : 12;
  svg.setAttribute("width", width);
  svg.setAttribute("height", 14);
  svg.setAttribute("aria-hidden", "true");
  if (dash) make("line", { x1: 1, y1: 7, x2: 29, y2: 7, style: `stroke: var(${colour}); stroke-width: 2`, "stroke-dasharray": { solid: "none", dash: "6 3", dot: "2 3" }[dash] ?? "none" });
  if (symbol) make("path", { d: shapes[symbol], transform: `translate(${width / 2} 7)`, style: `fill: var(${colour})` });
  return svg;
}

const shapes = {
  circle: "M4,0A4,4 0 1,1 -4,0A4,4 0 1,1 4,0Z", square: "M-4,-4H4V4H-4Z", diamond: "M0,-5.5L5.5,0L0,5.5L-5.5,0Z", "triangle-up": "M0,-5L5,4H-5Z",
  "triangle-down": "M0,5L5,-4H-5Z", cross: "M-1.7,-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z", x: "M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z",
  star: "M0,-6L1.6,-2H5.7L2.4,0.7L3.6,5L0,2.4L-3.6,5L-2.4,0.7L-5.7,-2H-1.6Z", pentagon: "M0,-5L4.8,-1.5L2.9,4H-2.9L-4.8,-1.5Z",
};
