/* The page, from the answer down. */

const pairs = (items) => element("dl", {}, items.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));

function answer(suite, many) {
  return [
    many ? element("h2", {}, element("a", { href: `#suite-${suite.index}` }, suite.name)) : element("p", { class: "quiet" }, suite.question),
    element("p", { class: "finding" }, suite.answer.join(" ")),
    suite.recommended ? element("p", { class: "finding recommended" }, suite.recommended) : null,
  ];
}

function results(suite) {
  const section = element("section", { id: `suite-${suite.index}`, "data-suite": suite.name, "aria-labelledby": `title-${suite.index}` },
    element("h2", { id: `title-${suite.index}` }, suite.name), element("p", { class: "quiet" }, `${suite.question} ${suite.extent}`));
  document.getElementById("suites").append(section);
  if (suite.rows.some((row) => row.median !== null)) {
    const box = element("div", { class: "charts" });
    (pictures[suite.topic] ?? pictures.Strategies)(suite, section, box);
    section.append(box);
  }
  if (suite.perStrategy.length > 1) {
    section.append(element("h3", {}, "Fewest workers of each strategy within 5\u00a0%, or within noise, of its own best"),
      table([{ title: "Strategy" }, { title: "Workers", numeric: true }, { title: "Median", numeric: true }, { title: "Speedup", numeric: true }],
        suite.perStrategy.map((row) => ({ cells: [[row.name], [number(row.workers)], [row.median], [row.speedup ?? ""]] })), "Workers per strategy", false));
  }
  for (const note of suite.notes) section.append(element("p", { class: "quiet" }, note));
  section.append(element("h3", {}, "All rows"), table(suite.columns, suite.rows, `Results of ${suite.name}`, true));
  waterfall(suite, section);
}

function noise(suite) {
  const cell = (text) => [text, text];
  return table([{ title: "Case" }, { title: "Iterations", numeric: true }, { title: "Fastest ms", numeric: true }, { title: "Median ms", numeric: true }, { title: "Slowest ms", numeric: true }, { title: "± %", numeric: true }, { title: "Noise" }, { title: "Service time ms", numeric: true }],
    suite.rows.map((row) => ({
      cells: [cell(row.fullName), cell(row.makespans.length), cell(row.makespans.length ? number(Math.min(...row.makespans)) : ""), cell(row.median === null ? "did not run" : number(row.median)),
        cell(row.makespans.length ? number(Math.max(...row.makespans)) : ""), cell(row.spread === null ? "" : number(row.spread)), cell(row.isNoisy ? "noisy" : row.spread === null ? "unknown" : "quiet"), cell(row.serviceTime === null ? "" : number(row.serviceTime))],
    })), `Noise of each row of ${suite.name}`, false);
}

function audit(suite) {
  const failed = suite.rows.filter((row) => row.findings.length > 0);
  const seen = suite.rows.filter((row) => row.audited).length;
  if (failed.length > 0) {
    return [element("p", { class: "failed" }, `Audit failed for ${failed.length} of ${suite.rows.length} rows:`),
      element("ul", {}, failed.flatMap((row) => row.findings.map((finding) => element("li", {}, element("strong", {}, row.fullName), ": ", finding))))];
  }
  return [element("p", { class: seen > 0 ? "passed" : null }, seen === 0 ? "The server did not witness this suite: there is no audit." : `Audit passed for ${seen} of ${suite.rows.length} rows: as many requests, of each page, as were asked for; never more in flight, nor on more connections, than allowed.`)];
}

function measured() {
  const section = document.getElementById("measured");
  section.append(pairs(data.machine), element("p", {}, "Repeat it:"), element("pre", { tabindex: "0" }, data.command));
  for (const suite of data.suites) {
    section.append(element("h3", {}, data.suites.length > 1 ? suite.name : "Scenario, audit and noise"),
      ...suite.scenarios.flatMap((told) => [told.for === null ? null : element("p", { class: "quiet" }, `The server was told for ${told.for}:`), pairs(told.facts)]).filter(Boolean),
      ...audit(suite), noise(suite));
  }
  section.append(element("h3", {}, "What the numbers do not say"), element("ul", {}, data.caveats.map((caveat) => element("li", {}, caveat))));
  if (data.files.length > 0) {
    section.append(element("h3", {}, "BenchmarkDotNet's own reports"),
      element("ul", {}, data.files.map((file) => element("li", {}, element("a", { href: file.split(/[\\/]/).map(encodeURIComponent).join("/") }, file)))));
  }
}

function page() {
  const many = data.suites.length > 1;
  data.suites.forEach((suite, index) => { suite.index = index; });
  document.getElementById("when").textContent = `Benchmark report · ${data.started} · took ${data.took}`;
  document.getElementById("warnings").append(...data.warnings.map((warning) => element("p", { class: "banner", role: "alert" }, warning)));
  const top = document.getElementById("answer");
  top.classList.toggle("many", many);
  top.append(...data.suites.flatMap((suite) => answer(suite, many)).filter(Boolean));
  document.getElementById("contents").append(...[...data.suites.map((suite) => [`#suite-${suite.index}`, suite.name]), ["#measured", "What was measured"]].map(([href, name]) => element("a", { href }, name)));
  data.suites.forEach(results);
  measured();
}

page();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(false));
let width = innerWidth;
addEventListener("resize", () => {
  if ((width < 600) !== narrow()) redraw(false);
  width = innerWidth;
});
// Paper is light and as wide as paper: everything is drawn for it, and drawn back after.
addEventListener("beforeprint", () => {
  document.documentElement.dataset.printing = "";
  redraw(true);
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.printing;
  redraw(false);
});
