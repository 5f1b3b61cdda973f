// ---- A line chart: uPlot's canvas, buttons that hide a series, a readout that mouse and arrow keys move, and a table.

/**
 * series: {label, values, colour (a custom property) or ink (the colour itself), points, width, format}; a null is a gap.
 *   Series of one group share a button with the group's name; the readout leaves out those that are silent.
 * options: {title, says (for a screen reader), x, xs, series, log, range, table: {columns, rows}, bands: [{from, to, colour}] between series}
 */
const lineChart = (options) => {
  let { xs, series } = options;
  const height = () => (window.innerWidth < 560 ? 210 : 250);
  const plot = el("div", { class: "plot", tabindex: "0", role: "img", "aria-label": options.title + ". " + options.says() });
  const readout = el("output", { class: "readout", "aria-live": "polite" }, hint());
  const axis = (label, size) => ({
    stroke: () => colour("--quiet"), grid: { stroke: () => colour("--rule"), width: 1 }, ticks: { stroke: () => colour("--rule"), width: 1 },
    font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif", label, labelSize: 18, size, gap: 4,
  });
  const short = (value) => (known(value) ? (Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(0) : String(Number(value.toPrecision(3)))) : "");
  const y = options.y || short;
  const chart = new uPlot({
    width: 300, height: height(), legend: { show: false }, padding: [10, 10, 0, 0],
    cursor: { drag: { x: false, y: false }, points: { size: 7 }, y: false },
    scales: { x: { time: false, range: (u, low, high) => (low === high ? [low - 1, high + 1] : [low, high]) },
      y: { distr: options.log ? 3 : 1, range: options.range } },
    axes: [{ ...axis(options.x, 42), values: (u, ticks) => ticks.map((t) => (Number.isInteger(t) || options.fraction ? short(t) : "")) },
      { ...axis(null, 50), values: (u, ticks) => ticks.map((t) => (t === null ? "" : y(t))) }],
    series: [{}, ...series.map((one) => ({
      label: one.label, stroke: () => one.ink ?? colour(one.colour), width: one.width || 2, spanGaps: true,
      dash: one.dash, points: { show: Boolean(one.points), size: 7, fill: () => one.ink ?? colour(one.colour) },
    }))],
    bands: (options.bands ?? []).map((band) => ({ series: [band.from + 1, band.to + 1], fill: () => colour(band.colour) })),
    hooks: { setCursor: [(u) => say(u.cursor.idx)] },
  }, [xs, ...series.map((one) => one.values)], plot);

  function hint() { return xs.length ? "Point at the chart, or focus it and press the arrow keys, to read values." : "No values yet."; }
  function say(index) {
    if (index === null || index === undefined) { readout.textContent = hint(); return; }
    const values = series.map((one) => (known(one.values[index]) && !one.silent ? `${one.label} ${(one.format || plain)(one.values[index])}` : null)).filter(Boolean);
    readout.textContent = `${options.x} ${plain(xs[index])}: ${values.join(", ") || "no value"}`;
  }
  plot.addEventListener("keydown", (event) => {
    const last = xs.length - 1, now = chart.cursor.idx ?? (event.key === "ArrowRight" ? -1 : last + 1);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last, PageUp: now + 10, PageDown: now - 10 }[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(last, next));
    chart.setCursor({ left: chart.valToPos(xs[to], "x"), top: 10 });
    say(to);
  });
  const button = (one) => one.group ?? one.label;
  const firsts = series.filter((one, i) => series.findIndex((other) => button(other) === button(one)) === i);
  const buttons = firsts.map((one) => el("button", {
    type: "button", "aria-pressed": "true", onclick: (event) => {
      const shown = event.currentTarget.getAttribute("aria-pressed") !== "true";
      event.currentTarget.setAttribute("aria-pressed", String(shown));
      series.forEach((other, i) => { if (button(other) === button(one)) chart.setSeries(i + 1, { show: shown }); });
    },
  }, el("span", { class: one.points ? "swatch point" : "swatch", "--swatch": one.ink ?? `var(${one.colour})`, "aria-hidden": "true" }), button(one)));
  const details = fold("Values as a table", () => region(options.title + ", values", true, options.table()));
  const figure = el("figure", { class: "card", "aria-label": options.title }, el("h3", {}, options.title),
    el("div", { class: "series", role: "group", "aria-label": "Series of " + options.title }, buttons), plot, readout, details);
  new ResizeObserver(() => {
    const width = plot.clientWidth;
    if (width > 0 && (width !== chart.width || height() !== chart.height)) chart.setSize({ width, height: height() });
  }).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.redraw(false, true));
  return {
    figure,
    update(newXs, newSeries) {
      xs = newXs;
      series = newSeries;
      chart.setData([xs, ...series.map((one) => one.values)]);
      plot.setAttribute("aria-label", options.title + ". " + options.says());
      if (details.open) details.dispatchEvent(new Event("toggle"));
    },
  };
};
